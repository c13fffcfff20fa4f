package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** In pause the holder of the lock does nothing else. */
public final class LeadingInPause implements Rule {
    @Override
    public String says() {
        return "In pause the holder of the lock does nothing else.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.paused() && situation.lockKeyIsMine()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        situation.local().runsAsPrimary()
                                ? "this is the leader, with the lock, in pause"
                                : "the leader lock is ours, in pause")
                : Optional.empty();
    }
}
