package io.pgha.core.rules.leaderless;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.LockRenewal;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** Another member was first, or the DCS did not say: the node looks again. */
public final class RaceLost implements Rule {
    @Override
    public String says() {
        return "Another member was first, or the DCS did not say: the node looks again.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.unlocked()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        situation.renewal() instanceof LockRenewal.Uncertain uncertain
                                ? "the race for the leader lock has no answer yet: " + uncertain.reason()
                                : situation.renewal() instanceof LockRenewal.Refused refused
                                        ? "the leader lock was not taken: " + refused.reason()
                                        : "another member was first")
                : Optional.empty();
    }
}
