package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The holder of the lock renews it before it starts its PostgreSQL again. */
public final class LockKeptWhileDown implements Rule {
    @Override
    public String says() {
        return "The holder of the lock renews it before it starts its PostgreSQL again.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return !situation.local().postmasterRuns() && situation.lockKeyIsMine() && situation.renewalUntried()
                ? Decision.of(this, situation, new Action.RenewLock(), "PostgreSQL is down and the leader lock is ours")
                : Optional.empty();
    }
}
