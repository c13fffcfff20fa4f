package io.pgha.postgres.memory;

import io.pgha.core.model.ControlState;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import java.util.Optional;

/** Compares a data directory with a leader's history as facts §5.12 do: by timeline numbers and positions only. */
final class TimelineCheck {
    private TimelineCheck() {}

    static Divergence compare(MemoryServer local, MemoryServer leader) {
        DataFolder mine = local.data();
        DataFolder theirs = leader.data();
        if (leader.inRecovery()) {
            return new Divergence.Undetermined(leader.name() + " is still in recovery");
        }
        if (!local.runs() && mine.state.needsCrashRecovery() && !mine.backupLabel) {
            return new Divergence.Undetermined("the control file says " + mine.state.text());
        }
        Timeline number = mine.branch.timeline();
        Timeline leaders = theirs.branch.timeline();
        if (number.isAfter(leaders)) {
            return new Divergence.Diverged("own timeline " + number + " is newer than the leader's " + leaders);
        }
        if (number.equals(leaders)) {
            return mine.end.isAfter(theirs.end)
                    ? new Divergence.Hidden("own end " + mine.end + " is ahead of the leader's " + theirs.end
                            + " on the same timeline " + number)
                    : new Divergence.None();
        }
        Optional<Lsn> switchPoint = theirs.branch.switchPoint(number);
        if (switchPoint.isEmpty()) {
            return new Divergence.Diverged("timeline " + number + " is not in the leader's history");
        }
        boolean formerPrimary = !local.runs() && mine.state == ControlState.SHUT_DOWN;
        if (formerPrimary && switchPoint.get().isAfter(mine.end)) {
            return new Divergence.Hidden("timeline " + number + " ended at " + switchPoint.get()
                    + " in the leader's history, this former primary wrote its last record of it at " + mine.end);
        }
        boolean beyond = formerPrimary ? !mine.end.equals(switchPoint.get()) : mine.end.isAfter(switchPoint.get());
        return beyond
                ? new Divergence.Diverged("timeline " + number + " ended at " + switchPoint.get()
                        + " in the leader's history, own end is " + mine.end)
                : new Divergence.None();
    }

    /**
     * What pg_rewind does: finds the common ancestor by numbers, throws away what comes after it.
     *
     * @return whether there was anything to do
     */
    static boolean rewind(MemoryServer target, MemoryServer source) {
        DataFolder mine = target.data();
        DataFolder theirs = source.data();
        Timeline number = mine.branch.timeline();
        boolean endsBefore = theirs.branch
                .switchPoint(number)
                .filter(at -> !mine.end.isAfter(at))
                .isPresent();
        if (number.equals(theirs.branch.timeline()) || endsBefore) {
            return false;
        }
        target.witness().rewinding(target, source);
        mine.moveTo(theirs.branch, theirs.end);
        mine.slots.clear();
        mine.historyFiles.clear();
        mine.historyFiles.putAll(theirs.historyFiles);
        mine.backupLabel = true;
        mine.state = ControlState.IN_ARCHIVE_RECOVERY;
        mine.standbySignal = false;
        return true;
    }
}
