package io.pgha.core.rules.leading;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** pre_promote or the promotion failed a short time ago: the lock is given up for another member. */
public final class PromotionWasRefused implements Rule {
    @Override
    public String says() {
        return "pre_promote or the promotion failed a short time ago: the lock is given up for another member.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.lockKeyIsMine()
                        && situation.holdsBack()
                        && situation.local().runsAsStandby()
                ? Decision.of(
                        this,
                        situation,
                        new Action.ReleaseLock(Optional.empty()),
                        "the promotion failed a short time ago: another member should try")
                : Optional.empty();
    }
}
