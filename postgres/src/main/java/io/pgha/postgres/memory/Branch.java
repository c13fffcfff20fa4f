package io.pgha.postgres.memory;

import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One stretch of history, written by one server between its promotion (or initdb) and its end. PostgreSQL knows it by
 * its timeline number only; two branches may carry the same number, and then PostgreSQL mistakes them for one another. What
 * a server writes after it has lost the end of its WAL is a branch of its own, too, under the number that it had.
 */
public final class Branch {
    private final String systemIdentifier;
    private final Timeline timeline;
    private final String author;
    private final Optional<Branch> parent;
    private final Lsn fork;

    private Branch(String systemIdentifier, Timeline timeline, String author, Optional<Branch> parent, Lsn fork) {
        this.systemIdentifier = systemIdentifier;
        this.timeline = timeline;
        this.author = author;
        this.parent = parent;
        this.fork = fork;
    }

    /** The first history of a new cluster. */
    static Branch first(String systemIdentifier, String author) {
        return new Branch(systemIdentifier, Timeline.FIRST, author, Optional.empty(), Lsn.ZERO);
    }

    /** What begins when a server is promoted at that position. */
    Branch fork(Timeline number, Lsn at, String newAuthor) {
        return new Branch(systemIdentifier, number, newAuthor, Optional.of(this), at);
    }

    /** What a server writes that goes on from that position because it has lost what came after it. */
    Branch again(Lsn at) {
        return new Branch(systemIdentifier, timeline, author, Optional.of(this), at);
    }

    /** Whether its author wrote it in the place of what it had lost: PostgreSQL sees no difference. */
    public boolean isWrittenAgain() {
        return parent.filter(before -> before.timeline.equals(timeline)).isPresent();
    }

    public String systemIdentifier() {
        return systemIdentifier;
    }

    public Timeline timeline() {
        return timeline;
    }

    /** The server that wrote it. */
    public String author() {
        return author;
    }

    /** Where it left its parent. */
    public Lsn begin() {
        return fork;
    }

    /** Up to where a server on this branch at that position has the history of the other branch; empty: not at all. */
    public Optional<Lsn> reachOf(Branch other, Lsn position) {
        Lsn limit = position;
        for (Branch branch = this; ; branch = branch.parent.get()) {
            if (branch == other) {
                return Optional.of(limit);
            }
            if (branch.parent.isEmpty()) {
                return Optional.empty();
            }
            limit = branch.fork;
        }
    }

    /** Up to where a server on this branch at one position, and one on the other at another, have the same history. */
    public Lsn sharedWith(Lsn position, Branch other, Lsn otherPosition) {
        Lsn limit = position;
        for (Branch branch = this; ; branch = branch.parent.get()) {
            Optional<Lsn> reach = other.reachOf(branch, otherPosition);
            if (reach.isPresent()) {
                return reach.get().isAfter(limit) ? limit : reach.get();
            }
            if (branch.parent.isEmpty()) {
                return Lsn.ZERO;
            }
            limit = branch.fork;
        }
    }

    /** The ancestor, or this one, that carries that number. */
    Optional<Branch> numbered(Timeline number) {
        for (Branch branch = this; ; branch = branch.parent.get()) {
            if (branch.timeline.equals(number)) {
                return Optional.of(branch);
            }
            if (branch.parent.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    /** Where the timeline of that number ended on the way to this branch; empty when it is none of its ancestors. */
    Optional<Lsn> switchPoint(Timeline number) {
        for (Branch branch = this; branch.parent.isPresent(); branch = branch.parent.get()) {
            if (branch.parent.get().timeline.equals(number) && !branch.isWrittenAgain()) {
                return Optional.of(branch.fork);
            }
        }
        return Optional.empty();
    }

    /** The content of its history file, oldest entry first. */
    List<HistoryEntry> history() {
        List<HistoryEntry> lines = new ArrayList<>();
        for (Branch branch = this; branch.parent.isPresent(); branch = branch.parent.get()) {
            if (branch.isWrittenAgain()) {
                continue;
            }
            lines.add(new HistoryEntry(
                    branch.parent.get().timeline,
                    branch.fork,
                    "no recovery target specified",
                    Optional.empty(),
                    Optional.empty()));
        }
        Collections.reverse(lines);
        return List.copyOf(lines);
    }

    @Override
    public String toString() {
        return timeline + "(" + author + "@" + fork + ")";
    }
}
