package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** In pause the primary that holds the lock renews it. */
public final class LockKeptInPause implements Rule {
    @Override
    public String says() {
        return "In pause the primary that holds the lock renews it.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.paused() && situation.lockKeyIsMine() && situation.renewalUntried()
                ? Decision.of(this, situation, new Action.RenewLock(), "the leader lock is ours, also in pause")
                : Optional.empty();
    }
}
