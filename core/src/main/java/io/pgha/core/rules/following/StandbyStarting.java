package io.pgha.core.rules.following;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** A standby that is starting is left in peace. */
public final class StandbyStarting implements Rule {
    @Override
    public String says() {
        return "A standby that is starting is left in peace.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.lockedByAnother() && situation.isStarting()
                ? Decision.of(this, situation, new Action.Wait(), "PostgreSQL is starting")
                : Optional.empty();
    }
}
