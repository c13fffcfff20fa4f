package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The DCS knows nothing of a standby cluster whose PostgreSQL runs already: its system identifier is written. */
public final class RunningStandbyIsAdopted implements Rule {
    @Override
    public String says() {
        return "The DCS knows nothing of a standby cluster whose PostgreSQL runs already: its system identifier is written.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = situation.inStandbyCluster()
                && situation.unlocked()
                && situation.view().initialize().isEmpty()
                && situation.local().runsAsStandby();
        return due
                ? situation
                        .local()
                        .systemIdentifier()
                        .flatMap(id -> Decision.of(
                                this,
                                situation,
                                new Action.WriteInitialize(id),
                                "a standby cluster has no primary to wait for; the system identifier is " + id))
                : Optional.empty();
    }
}
