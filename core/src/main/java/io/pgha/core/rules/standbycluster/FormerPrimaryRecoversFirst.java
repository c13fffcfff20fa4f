package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** A former primary that did not stop in order and leads a standby cluster now replays its WAL before it is
 * compared. */
public final class FormerPrimaryRecoversFirst implements Rule {
    @Override
    public String says() {
        return "A former primary that did not stop in order and leads a standby cluster now replays its WAL before it is compared.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean crashed = situation.inStandbyCluster()
                && situation.remote().isPresent()
                && situation.lockRenewed()
                && situation.local().rewindPossible()
                && situation.needsCrashRecovery();
        return crashed && situation.mayRetry()
                ? Decision.of(
                        this,
                        situation,
                        new Action.CrashRecover(),
                        "PostgreSQL was primary and did not stop in order: replaying its WAL in single-user mode")
                : Optional.empty();
    }
}
