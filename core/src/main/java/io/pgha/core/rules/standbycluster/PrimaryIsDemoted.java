package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The cluster became a standby cluster: its primary is stopped in order, to follow the other cluster. */
public final class PrimaryIsDemoted implements Rule {
    @Override
    public String says() {
        return "The cluster became a standby cluster: its primary is stopped in order, to follow the other cluster.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = situation.inStandbyCluster()
                && situation.lockKeyIsMine()
                && situation.lockRenewed()
                && situation.local().runsAsPrimary();
        return due
                ? Decision.of(
                        this,
                        situation,
                        new Action.Demote(Action.Parting.PREPARED),
                        "the cluster has become a standby cluster and PostgreSQL is its primary")
                : Optional.empty();
    }
}
