package io.pgha.core.rules.busy;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import java.util.Optional;

/** A promotion runs and the lock is not ours any more: PostgreSQL is stopped at once. */
public final class PromotingWithoutLock implements Rule {
    @Override
    public String says() {
        return "A promotion runs and the lock is not ours any more: PostgreSQL is stopped at once.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.job().isRunning(JobKind.PROMOTE) && !situation.lockKeyIsMine()
                ? Decision.of(this, situation, new Action.Fence(), "the leader lock was lost during the promotion")
                : Optional.empty();
    }
}
