package io.pgha.core.rules.outage;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import java.util.Optional;

/** The DCS does not answer and the time in which the lock is proven runs out: the primary stops. */
public final class PrimaryCannotProveItsLock implements Rule {
    @Override
    public String says() {
        return "The DCS does not answer and the time in which the lock is proven runs out: the primary stops.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (situation.dcsSeen()
                || !situation.mayTakeWrites()
                || situation.lockProvenForLong()
                || situation.memory().bootstrap() != BootstrapPhase.NONE
                || situation.job().isRunning(JobKind.DEMOTE)
                || situation.job().isRunning(JobKind.SHUTDOWN)) {
            return Optional.empty();
        }
        Action stop = situation.job().isRunning() ? new Action.Fence() : new Action.Demote(Action.Parting.HURRIED);
        return Decision.of(
                this,
                situation,
                stop,
                "the DCS cannot be read and the leader lock cannot be proven any longer: " + situation.dcsTrouble());
    }
}
