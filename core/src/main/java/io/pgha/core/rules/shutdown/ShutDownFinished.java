package io.pgha.core.rules.shutdown;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** PostgreSQL is stopped as ordered: the lock is given up and the agent ends. */
public final class ShutDownFinished implements Rule {
    @Override
    public String says() {
        return "PostgreSQL is stopped as ordered: the lock is given up and the agent ends.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean stopped = situation.orders().shutDown()
                && !situation.local().postmasterRuns()
                && !situation.job().isRunning();
        if (!stopped) {
            return Optional.empty();
        }
        if (situation.dcsSeen() && situation.lockKeyIsMine() && situation.renewalUntried()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.ReleaseLock(situation.orders().shutdownCheckpoint()),
                    "PostgreSQL is stopped: the leader lock is free for the others");
        }
        return Decision.of(this, situation, new Action.Exit(0), "PostgreSQL is stopped and the agent was told to end");
    }
}
