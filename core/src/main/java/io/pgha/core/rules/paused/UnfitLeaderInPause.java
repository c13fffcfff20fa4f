package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.DataDirectory;
import java.util.Optional;

/** In pause the lock is given up by a holder whose PostgreSQL is not the primary of this cluster. */
public final class UnfitLeaderInPause implements Rule {
    @Override
    public String says() {
        return "In pause the lock is given up by a holder whose PostgreSQL is not the primary of this cluster.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.paused() || !situation.lockKeyIsMine() || !situation.renewalUntried()) {
            return Optional.empty();
        }
        return unfit(situation)
                .flatMap(why -> Decision.of(
                        this,
                        situation,
                        new Action.ReleaseLock(
                                situation.memory().handingOver()
                                        ? situation.orders().shutdownCheckpoint()
                                        : Optional.empty()),
                        why + ": the leader lock is given up"));
    }

    private static Optional<String> unfit(Situation situation) {
        if (situation.local().dataDirectory() != DataDirectory.PRESENT) {
            return Optional.of("there is no usable data directory");
        }
        if (Maintenance.isForeign(situation)) {
            return Optional.of("the data belongs to another cluster");
        }
        if (!situation.local().postmasterRuns()) {
            return Optional.of("PostgreSQL does not run");
        }
        boolean standby = !situation.local().mayTakeWrites() && !situation.inStandbyCluster();
        return standby && !Maintenance.iAmChosen(situation)
                ? Optional.of("PostgreSQL runs as a standby and nothing is promoted in pause")
                : Optional.empty();
    }
}
