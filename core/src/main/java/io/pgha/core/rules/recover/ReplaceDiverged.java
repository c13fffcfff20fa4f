package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.RewindPhase;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Member;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/** The local history has parted from the leader's and cannot be wound back: a new copy takes its place. */
public final class ReplaceDiverged implements Rule {
    @Override
    public String says() {
        return "The local history has parted from the leader's and cannot be wound back: a new copy takes its place.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        // In a standby cluster the leader may have parted from the other cluster in the same way (facts §5.12).
        boolean hidden = situation.memory().rewind() == RewindPhase.HIDDEN;
        boolean hopeless = hidden
                || situation.memory().rewind() == RewindPhase.FAILED
                || (situation.memory().rewind() == RewindPhase.NEEDED
                        && !situation.local().rewindPossible()
                        && !situation.inStandbyCluster());
        boolean leaderIsUp = situation
                .leader()
                .filter(Member::isRunning)
                .flatMap(Upstream::of)
                .isPresent();
        // A server that still takes writes is stopped first: PrimaryUnderAnothersLock does that.
        boolean stillWrites = situation.local().mayTakeWrites();
        if (!hopeless || !situation.lockedByAnother() || !leaderIsUp || stillWrites || !situation.mayRetry()) {
            return Optional.empty();
        }
        boolean failed = situation.memory().rewind() == RewindPhase.FAILED;
        String why = failed || hidden
                ? situation.memory().rewindTrouble().orElse("pg_rewind failed")
                : "the histories have parted and pg_rewind is not possible ("
                        + situation.local().rewindObstacle().orElse("unknown") + ")";
        // What somebody has lost was perhaps acknowledged: that data is never removed.
        boolean remove = !hidden
                && ((failed && situation.settings().removeOnRewindFailure())
                        || situation.settings().removeOnDivergedTimelines());
        return Decision.of(
                this,
                situation,
                new Action.SetAside(remove ? Action.Disposal.REMOVE : Action.Disposal.RENAME),
                why + ": the data directory " + (remove ? "is removed, as configured," : "is set aside")
                        + ", then a new copy is made");
    }
}
