package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.RewindPhase;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The PostgreSQL of the standby leader cannot be started: the lock is given up for another member. */
public final class StandbyLeaderCannotStart implements Rule {
    @Override
    public String says() {
        return "The PostgreSQL of the standby leader cannot be started: the lock is given up for another member.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean hopeless = !situation.mayRetry() || situation.memory().rewind() == RewindPhase.FAILED;
        boolean due = situation.inStandbyCluster()
                && !situation.local().postmasterRuns()
                && situation.lockKeyIsMine()
                && situation.renewalUntried()
                && hopeless;
        return due
                ? Decision.of(
                        this,
                        situation,
                        new Action.ReleaseLock(Optional.empty()),
                        "PostgreSQL cannot be started: another member should follow the other cluster")
                : Optional.empty();
    }
}
