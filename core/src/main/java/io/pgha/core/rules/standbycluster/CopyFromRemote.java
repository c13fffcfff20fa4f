package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** There is no data here, and nobody has led the standby cluster for a ttl: the server that it follows is
 * copied. */
public final class CopyFromRemote implements Rule {
    @Override
    public String says() {
        return "There is no data here, and nobody has led the standby cluster for a ttl: the server that it follows is copied.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = situation.inStandbyCluster()
                && situation.local().dataDirectory().takesCopy()
                && situation.unlocked()
                && situation.view().systemIdentifier().isPresent()
                && situation.mayRetry()
                && situation.leaderlessForTtl();
        return due
                ? situation
                        .remote()
                        .flatMap(remote -> Decision.of(
                                this,
                                situation,
                                new Action.CreateReplica(Optional.of(remote)),
                                situation.whyACopy() + ", and nobody leads: copying from " + remote.name()))
                : Optional.empty();
    }
}
