package io.pgha.core.rules.leaderless;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.LockRenewal;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** PostgreSQL takes writes and another member got the lock: it is stopped at once. */
public final class LostTheRaceAsPrimary implements Rule {
    @Override
    public String says() {
        return "PostgreSQL takes writes and another member got the lock: it is stopped at once.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.unlocked() || !situation.local().mayTakeWrites()) {
            return Optional.empty();
        }
        if (situation.renewal() instanceof LockRenewal.Refused refused) {
            return Decision.of(
                    this, situation, new Action.Fence(), "another member has the leader lock: " + refused.reason());
        }
        return situation.lockProvenForLong()
                ? Decision.of(
                        this, situation, new Action.Wait(), "the leader lock could not be taken yet, asking again")
                : Decision.of(
                        this,
                        situation,
                        new Action.Fence(),
                        "nobody holds the leader lock and it cannot be taken in time");
    }
}
