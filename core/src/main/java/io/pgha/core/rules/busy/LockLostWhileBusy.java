package io.pgha.core.rules.busy;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.LockRenewal;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import java.util.Optional;

/** The lock turned out to be lost, or cannot be proven in time, while a Job runs: a PostgreSQL that may take writes,
 * or is being started for it, is stopped at once. */
public final class LockLostWhileBusy implements Rule {
    @Override
    public String says() {
        return "The lock turned out to be lost, or cannot be proven in time, while a Job runs: a PostgreSQL that may take writes, or is being started for it, is stopped at once.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.job().isRunning()
                || !(situation.mayTakeWrites() || situation.mayBecomePrimary())
                || situation.memory().bootstrap() != BootstrapPhase.NONE
                || situation.job().isRunning(JobKind.DEMOTE)
                || situation.job().isRunning(JobKind.SHUTDOWN)) {
            return Optional.empty();
        }
        if (situation.lockedByAnother() || situation.renewal() instanceof LockRenewal.Refused) {
            return Decision.of(this, situation, new Action.Fence(), "the leader lock is not ours any more");
        }
        boolean outOfTime = situation.renewalUnanswered().isPresent() && !situation.lockProvenForLong();
        return outOfTime
                ? Decision.of(this, situation, new Action.Fence(), "the leader lock cannot be proven in time")
                : Optional.empty();
    }
}
