package io.pgha.postgres.memory;

import io.pgha.core.model.ControlData;
import io.pgha.core.model.ControlState;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A data directory: whose history it has, how far, and what its control file says. Owned by one {@link MemoryServer}. */
public final class DataFolder {
    /** The size of a record such as the one of a checkpoint. */
    static final long RECORD_BYTES = 120;

    Branch branch;
    Lsn end;
    ControlState state;
    Lsn checkpoint;
    Timeline checkpointTimeline;
    boolean standbySignal;
    boolean backupLabel;
    /** Why the server cannot be started from it: a rewind that did not end. */
    Optional<String> damage = Optional.empty();
    /** It lacks WAL that it had flushed, and has written nothing since. */
    private boolean lostItsEnd;

    final Map<Timeline, Branch> historyFiles = new TreeMap<>();
    /** Numbers with a history file that says nothing: skipped by a promotion (ADR 0008). */
    final TreeSet<Timeline> skipped = new TreeSet<>();

    final TreeMap<String, ModelSlot> slots = new TreeMap<>();

    DataFolder(Branch branch, Lsn end, ControlState state) {
        this.branch = branch;
        this.end = end;
        this.state = state;
        this.checkpoint = end;
        this.checkpointTimeline = branch.timeline();
    }

    /** What a base backup of a running server gives. */
    DataFolder backup() {
        DataFolder copy = new DataFolder(branch, end, ControlState.IN_PRODUCTION);
        copy.lostItsEnd = lostItsEnd;
        copy.historyFiles.putAll(historyFiles);
        copy.backupLabel = true;
        return copy;
    }

    public Branch branch() {
        return branch;
    }

    /** The end of its WAL. */
    public Lsn end() {
        return end;
    }

    /** Whether the server could be started from it. */
    public boolean isUsable() {
        return damage.isEmpty();
    }

    public String systemIdentifier() {
        return branch.systemIdentifier();
    }

    /** Whether it has the record that ends at that position of that branch. */
    public boolean contains(Branch written, Lsn position) {
        return branch.reachOf(written, end)
                .filter(limit -> !position.isAfter(limit))
                .isPresent();
    }

    void append() {
        append(RECORD_BYTES);
    }

    void append(long bytes) {
        if (lostItsEnd) {
            lostItsEnd = false;
            branch = branch.again(end);
        }
        end = new Lsn(end.bytes() + bytes);
    }

    void writeCheckpoint() {
        checkpoint = end;
        checkpointTimeline = branch.timeline();
        append();
    }

    /**
     * The end of its WAL is gone.
     *
     * @param bytes at most so many, and nothing before its last checkpoint
     */
    void loseEnd(long bytes) {
        Lsn least = new Lsn(checkpoint.bytes() + RECORD_BYTES).max(branch.begin());
        Lsn left = new Lsn(Math.max(0, end.bytes() - bytes)).max(least);
        if (end.isAfter(left)) {
            end = left;
            lostItsEnd = true;
        }
    }

    /** What is written from here on belongs to another timeline. */
    void begin(Branch promoted) {
        branch = promoted;
        lostItsEnd = false;
    }

    /** A shutdown checkpoint is the last record; PostgreSQL reports where it begins. */
    void writeShutdownCheckpoint() {
        writeCheckpoint();
        state = ControlState.SHUT_DOWN;
    }

    /** Goes over to a history of which its own is a part. */
    void moveTo(Branch newBranch, Lsn position) {
        branch = newBranch;
        end = position;
        lostItsEnd = false;
    }

    /** The number that a promotion takes: the next one of which there is no history file (findNewestTimeLine). */
    Timeline nextTimeline() {
        int number = branch.timeline().number() + 1;
        while (hasHistoryFile(new Timeline(number))) {
            number++;
        }
        return new Timeline(number);
    }

    private boolean hasHistoryFile(Timeline number) {
        return historyFiles.containsKey(number) || skipped.contains(number);
    }

    /** Leaves history files that say nothing, so that a promotion takes a number above this one. */
    void skipTimelines(Timeline upTo) {
        for (int number = branch.timeline().number() + 1; number <= upTo.number(); number++) {
            if (!hasHistoryFile(new Timeline(number))) {
                skipped.add(new Timeline(number));
            }
        }
    }

    /** Fetches the history files of another server, as a WAL receiver does. */
    void fetchHistoryFiles(DataFolder other) {
        historyFiles.putAll(other.historyFiles);
        skipped.addAll(other.skipped);
        skipped.removeAll(historyFiles.keySet());
    }

    ControlData control() {
        boolean standby = state == ControlState.IN_ARCHIVE_RECOVERY || state == ControlState.SHUT_DOWN_IN_RECOVERY;
        return new ControlData(
                systemIdentifier(),
                state,
                checkpoint,
                checkpointTimeline,
                standby ? end : Lsn.ZERO,
                standby ? branch.timeline() : Timeline.UNKNOWN,
                true,
                true);
    }

    @Override
    public String toString() {
        return "timeline " + branch + " at " + end + ", " + state.text()
                + damage.map(why -> ", " + why).orElse("");
    }
}
