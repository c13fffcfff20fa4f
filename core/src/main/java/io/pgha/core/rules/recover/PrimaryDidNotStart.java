package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The crashed primary could not be started again: the lock is given up. */
public final class PrimaryDidNotStart implements Rule {
    @Override
    public String says() {
        return "The crashed primary could not be started again: the lock is given up.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean down = !situation.local().postmasterRuns() && situation.lockKeyIsMine();
        if (!down || !situation.renewalUntried()) {
            return Optional.empty();
        }
        if (situation.memory().primaryStartFailed()) {
            return Decision.of(
                    this,
                    situation.memory().toBuilder()
                            .primaryStartFailed(false)
                            .wasPrimary(false)
                            .build(),
                    new Action.ReleaseLock(Optional.empty()),
                    "PostgreSQL did not start as primary again");
        }
        return situation.settings().primaryStartTimeout().isZero()
                        && situation.memory().wasPrimary()
                ? Decision.of(
                        this,
                        situation.memory().toBuilder().wasPrimary(false).build(),
                        new Action.ReleaseLock(Optional.empty()),
                        "PostgreSQL crashed and primary_start_timeout is 0")
                : Optional.empty();
    }
}
