package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** In pause a primary whose lock could not be renewed runs on. */
public final class RenewalFailedInPause implements Rule {
    @Override
    public String says() {
        return "In pause a primary whose lock could not be renewed runs on.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.paused() || !situation.lockKeyIsMine() || situation.lockRenewed()) {
            return Optional.empty();
        }
        return Decision.of(
                this,
                situation,
                new Action.Wait(),
                "the leader lock was not renewed; in pause PostgreSQL is left as it is");
    }
}
