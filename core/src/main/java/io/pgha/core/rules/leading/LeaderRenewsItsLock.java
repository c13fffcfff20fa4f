package io.pgha.core.rules.leading;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The holder of the lock renews it. */
public final class LeaderRenewsItsLock implements Rule {
    @Override
    public String says() {
        return "The holder of the lock renews it.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.lockKeyIsMine() && situation.renewalUntried()
                ? Decision.of(this, situation, new Action.RenewLock(), "the leader lock is ours")
                : Optional.empty();
    }
}
