package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** A former primary that did not stop in order replays its WAL before it is compared with the leader. */
public final class CrashRecoveryFirst implements Rule {
    @Override
    public String says() {
        return "A former primary that did not stop in order replays its WAL before it is compared with the leader.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.needsCrashRecovery() && situation.lockedByAnother() && situation.mayRetry()
                ? Decision.of(
                        this,
                        situation,
                        new Action.CrashRecover(),
                        "PostgreSQL was primary and did not stop in order: replaying its WAL in single-user mode")
                : Optional.empty();
    }
}
