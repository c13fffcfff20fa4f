package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** In pause a PostgreSQL that does not run is not started. */
public final class LeftDownInPause implements Rule {
    @Override
    public String says() {
        return "In pause a PostgreSQL that does not run is not started.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.paused() && !situation.local().postmasterRuns()
                ? Decision.of(
                        this, situation, new Action.Wait(), "PostgreSQL does not run, and nothing is started in pause")
                : Optional.empty();
    }
}
