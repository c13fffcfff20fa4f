package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import java.util.Optional;

/** In pause an agent that is told to stop ends alone: PostgreSQL runs on and the lock is left to expire. */
public final class EndInPause implements Rule {
    @Override
    public String says() {
        return "In pause an agent that is told to stop ends alone: PostgreSQL runs on and the lock is left to expire.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean ending = situation.paused()
                && situation.orders().shutDown()
                && !situation.job().isRunning(JobKind.SHUTDOWN)
                && !situation.job().isRunning(JobKind.DEMOTE);
        return ending
                ? Decision.of(
                        this,
                        situation,
                        new Action.Exit(0),
                        "the agent was told to stop in pause: PostgreSQL is left as it is")
                : Optional.empty();
    }
}
