package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.RewindPhase;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/** The local history has parted from the leader's and pg_rewind can mend it. */
public final class RewindDiverged implements Rule {
    @Override
    public String says() {
        return "The local history has parted from the leader's and pg_rewind can mend it.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = situation.lockedByAnother()
                && situation.memory().rewind() == RewindPhase.NEEDED
                && situation.local().rewindPossible()
                // PrimaryUnderAnothersLock stops it first.
                && !situation.local().mayTakeWrites()
                && situation.mayRetry();
        return due
                ? situation
                        .leader()
                        .flatMap(Upstream::of)
                        .flatMap(leader -> Decision.of(
                                this,
                                situation,
                                new Action.Rewind(leader),
                                "the local history has parted from that of " + leader.name()
                                        + ": winding it back; if that cannot be done, a new copy follows"))
                : Optional.empty();
    }
}
