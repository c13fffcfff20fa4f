package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.RewindPhase;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The local history has parted from that of the other cluster and pg_rewind can mend it. */
public final class RewoundToRemote implements Rule {
    @Override
    public String says() {
        return "The local history has parted from that of the other cluster and pg_rewind can mend it.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = (situation.lockRenewed() || situation.lockedByAnother())
                && situation.memory().rewind() == RewindPhase.NEEDED
                && situation.local().rewindPossible()
                && !situation.local().mayTakeWrites()
                && situation.mayRetry();
        return due
                ? situation
                        .remote()
                        .flatMap(remote -> Decision.of(
                                this,
                                situation,
                                new Action.Rewind(remote),
                                "the local history has parted from that of " + remote.name()))
                : Optional.empty();
    }
}
