package io.pgha.core.rules.shutdown;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import java.util.Optional;

/** The agent was told to stop: PostgreSQL is stopped in order. */
public final class ShutDownOrdered implements Rule {
    @Override
    public String says() {
        return "The agent was told to stop: PostgreSQL is stopped in order.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = situation.orders().shutDown()
                && !situation.job().isRunning(JobKind.SHUTDOWN)
                && !situation.job().isRunning(JobKind.DEMOTE);
        return due
                ? Decision.of(this, situation, new Action.ShutDown(), "the agent was told to stop")
                : Optional.empty();
    }
}
