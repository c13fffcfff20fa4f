package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** In pause a running primary of the newest timeline takes the lock that nobody holds. */
public final class PrimaryTakesLockInPause implements Rule {
    @Override
    public String says() {
        return "In pause a running primary of the newest timeline takes the lock that nobody holds.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.paused()
                        && situation.unlocked()
                        && situation.local().runsAsPrimary()
                        && !situation.view().timeline().isAfter(situation.timeline())
                        && situation.renewalUntried()
                ? Decision.of(
                        this,
                        situation,
                        new Action.AcquireLock(),
                        "PostgreSQL runs as primary and nobody holds the leader lock")
                : Optional.empty();
    }
}
