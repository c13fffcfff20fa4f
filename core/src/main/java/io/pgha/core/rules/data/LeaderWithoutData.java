package io.pgha.core.rules.data;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The holder of the lock has no data: the lock is given up. */
public final class LeaderWithoutData implements Rule {
    @Override
    public String says() {
        return "The holder of the lock has no data: the lock is given up.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.local().dataDirectory().takesCopy() && situation.lockKeyIsMine() && situation.renewalUntried()
                ? Decision.of(this, situation, new Action.ReleaseLock(Optional.empty()), situation.whyACopy())
                : Optional.empty();
    }
}
