package io.pgha.postgres.rewind;

import io.pgha.core.model.Divergence;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the local WAL is part of the leader's history (facts §5.12 "check"). Pure. */
public final class HistoryComparison {
    /** The longest header of a WAL page: a record that ends with its page has two ends, before and after the next header. */
    private static final long PAGE_HEADER = 40;

    private HistoryComparison() {}

    /**
     * Whether timelines and positions alone tell; empty: the leader's history has to be read.
     *
     * @param local was told before {@code leaderPosition} was: what is replayed here was flushed there already
     * @param leaderPosition up to where the leader's WAL is on its disk
     */
    public static Optional<Divergence> byTimeline(Position local, Timeline leader, Lsn leaderPosition) {
        if (local.timeline().isAfter(leader)) {
            return Optional.of(new Divergence.Diverged(
                    "the local timeline " + local.timeline() + " is ahead of the leader's timeline " + leader));
        }
        if (!local.timeline().equals(leader)) {
            return Optional.empty();
        }
        return Optional.of(
                local.lsn().isAfter(leaderPosition)
                        ? new Divergence.Hidden("the local position " + local.lsn()
                                + " is ahead of the leader's, which is at " + leaderPosition + " of the same timeline "
                                + leader)
                        : new Divergence.None());
    }

    /**
     * Compares with the leader's history.
     *
     * @param history of the leader's timeline, oldest entry first
     * @param endOfCheckpoint where the local checkpoint record ends, when it is the last record; asked only if it matters
     */
    public static Divergence byHistory(
            Position local, List<HistoryEntry> history, Supplier<Optional<Lsn>> endOfCheckpoint) {
        Optional<HistoryEntry> entry = history.stream()
                .filter(candidate -> candidate.timeline().equals(local.timeline()))
                .findFirst();
        if (entry.isEmpty()) {
            return new Divergence.Diverged(
                    "the local timeline " + local.timeline() + " is not in the leader's history");
        }
        Lsn switchPoint = entry.get().switchPoint();
        return local.formerPrimary() ? formerPrimary(local, switchPoint, endOfCheckpoint) : standby(local, switchPoint);
    }

    private static Divergence standby(Position local, Lsn switchPoint) {
        return local.lsn().isAfter(switchPoint)
                ? new Divergence.Diverged("the local position " + local.lsn() + " is beyond the point " + switchPoint
                        + " where the leader left timeline " + local.timeline())
                : new Divergence.None();
    }

    /**
     * After a clean shutdown its last record is the checkpoint: if the leader has it, nothing parts them. Where others had more of
     * its timeline than itself, its disk has lost what they had, and the checkpoint stands in the place of that.
     */
    private static Divergence formerPrimary(Position local, Lsn switchPoint, Supplier<Optional<Lsn>> endOfCheckpoint) {
        Optional<Lsn> end = switchPoint.isAfter(local.lsn()) ? endOfCheckpoint.get() : Optional.empty();
        if (end.filter(last -> switchPoint.bytesAheadOf(last) > PAGE_HEADER).isPresent()) {
            return new Divergence.Hidden("this former primary wrote its last record of timeline " + local.timeline()
                    + " at " + local.lsn() + ", and the leader left it at " + switchPoint
                    + ": it has lost WAL that others have");
        }
        return end.filter(switchPoint::equals).isPresent()
                ? new Divergence.None()
                : new Divergence.Diverged("this former primary has WAL of timeline " + local.timeline()
                        + " beyond the point " + switchPoint + " where the leader left it");
    }
}
