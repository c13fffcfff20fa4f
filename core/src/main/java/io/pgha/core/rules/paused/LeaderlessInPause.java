package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** In pause nobody races for the lock. */
public final class LeaderlessInPause implements Rule {
    @Override
    public String says() {
        return "In pause nobody races for the lock.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.paused() || !situation.unlocked()) {
            return Optional.empty();
        }
        return Decision.of(
                this,
                situation,
                new Action.Wait(),
                situation.local().mayTakeWrites()
                        ? "nobody holds the leader lock; in pause this primary runs on without it"
                        : "nobody leads, and nothing is promoted in pause");
    }
}
