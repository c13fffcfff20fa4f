package io.pgha.core.rules.following;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.LeaderLock;
import java.util.Optional;

/** PostgreSQL takes writes and another member holds the lock: it is stopped at once. */
public final class PrimaryUnderAnothersLock implements Rule {
    @Override
    public String says() {
        return "PostgreSQL takes writes and another member holds the lock: it is stopped at once.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.lockedByAnother() && situation.local().mayTakeWrites()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Fence(),
                        "the leader lock belongs to "
                                + situation
                                        .view()
                                        .leader()
                                        .map(LeaderLock::holder)
                                        .orElse("another member"))
                : Optional.empty();
    }
}
