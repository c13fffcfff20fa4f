package io.pgha.core.rules.switchover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** PostgreSQL was stopped to hand over: the lock is given up. */
public final class HandOverAfterStop implements Rule {
    @Override
    public String says() {
        return "PostgreSQL was stopped to hand over: the lock is given up.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.memory().handingOver()
                        && !situation.local().postmasterRuns()
                        && situation.lockKeyIsMine()
                        && situation.renewalUntried()
                ? Decision.of(
                        this,
                        situation,
                        new Action.ReleaseLock(situation.orders().shutdownCheckpoint()),
                        "PostgreSQL is stopped: the leader lock is free for the candidate")
                : Optional.empty();
    }
}
