package io.pgha.core.rules.leading;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The renewal has no answer: the primary works on while the lock is proven, and stops in order before that ends. */
public final class LeaderCannotProveItsLock implements Rule {
    @Override
    public String says() {
        return "The renewal has no answer: the primary works on while the lock is proven, and stops in order before that ends.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        Optional<String> silence = situation.renewalUnanswered();
        if (!situation.lockKeyIsMine() || silence.isEmpty()) {
            return Optional.empty();
        }
        return situation.mayTakeWrites() && !situation.lockProvenForLong()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Demote(Action.Parting.HURRIED),
                        "the leader lock cannot be proven in time: " + silence.get())
                : Decision.of(
                        this, situation, new Action.Wait(), "the leader lock was not renewed yet: " + silence.get());
    }
}
