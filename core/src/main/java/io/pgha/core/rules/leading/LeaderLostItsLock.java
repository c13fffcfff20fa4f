package io.pgha.core.rules.leading;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.LockRenewal;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The DCS says that the lock is not ours: PostgreSQL is stopped at once if it may take writes. */
public final class LeaderLostItsLock implements Rule {
    @Override
    public String says() {
        return "The DCS says that the lock is not ours: PostgreSQL is stopped at once if it may take writes.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.lockKeyIsMine() || !(situation.renewal() instanceof LockRenewal.Refused refused)) {
            return Optional.empty();
        }
        return Decision.of(
                this,
                situation,
                situation.mayTakeWrites() ? new Action.Fence() : new Action.Wait(),
                "the leader lock is not ours any more: " + refused.reason());
    }
}
