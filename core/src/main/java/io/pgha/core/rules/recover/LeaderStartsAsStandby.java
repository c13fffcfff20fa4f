package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The holder of the lock whose data was left by a standby starts it as one, to be promoted. */
public final class LeaderStartsAsStandby implements Rule {
    @Override
    public String says() {
        return "The holder of the lock whose data was left by a standby starts it as one, to be promoted.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return !situation.local().postmasterRuns() && situation.lockRenewed() && situation.mayRetry()
                ? Decision.of(
                        this,
                        situation,
                        new Action.StartAsStandby(Optional.empty()),
                        "PostgreSQL is down and was a standby: starting it, then promoting it")
                : Optional.empty();
    }
}
