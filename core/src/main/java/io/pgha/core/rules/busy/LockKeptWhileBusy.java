package io.pgha.core.rules.busy;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The holder of the lock renews it while a Job runs. */
public final class LockKeptWhileBusy implements Rule {
    @Override
    public String says() {
        return "The holder of the lock renews it while a Job runs.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.job().isRunning() && situation.lockKeyIsMine() && situation.renewalUntried()
                ? Decision.of(this, situation, new Action.RenewLock(), "a Job runs and the leader lock is ours")
                : Optional.empty();
    }
}
