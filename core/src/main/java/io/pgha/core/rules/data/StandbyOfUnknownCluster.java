package io.pgha.core.rules.data;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** PostgreSQL runs as a standby and the DCS has never heard of its cluster: the agent waits for the primary. */
public final class StandbyOfUnknownCluster implements Rule {
    @Override
    public String says() {
        return "PostgreSQL runs as a standby and the DCS has never heard of its cluster: the agent waits for the primary.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean unknown =
                situation.unlocked() && situation.view().systemIdentifier().isEmpty();
        return unknown
                        && situation.local().runsAsStandby()
                        && situation.memory().lastLedView().isEmpty()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        "the DCS knows no cluster and PostgreSQL runs as a standby: start the agent of the primary first")
                : Optional.empty();
    }
}
