package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.LeaderLock;
import java.util.Optional;

/** In pause a primary under another member's lock is left alone. */
public final class ExtraPrimaryInPause implements Rule {
    @Override
    public String says() {
        return "In pause a primary under another member's lock is left alone.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.paused()
                        && situation.lockedByAnother()
                        && situation.local().mayTakeWrites()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        "WARNING: PostgreSQL may take writes and the leader lock belongs to "
                                + situation
                                        .view()
                                        .leader()
                                        .map(LeaderLock::holder)
                                        .orElse("another member")
                                + "; in pause it is left alone, when the pause ends it is stopped")
                : Optional.empty();
    }
}
