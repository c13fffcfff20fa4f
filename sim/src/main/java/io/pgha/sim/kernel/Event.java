package io.pgha.sim.kernel;

import org.jspecify.annotations.Nullable;

/** Something that happens at one moment; events of the same moment happen in the order in which they were made. */
public final class Event implements Comparable<Event> {
    private final long time;
    private final long sequence;
    private @Nullable Runnable action;

    Event(long time, long sequence, Runnable action) {
        this.time = time;
        this.sequence = sequence;
        this.action = action;
    }

    long time() {
        return time;
    }

    /** Takes it back if it has not happened. */
    public void cancel() {
        action = null;
    }

    @Nullable
    Runnable takeAction() {
        Runnable taken = action;
        action = null;
        return taken;
    }

    @Override
    public int compareTo(Event other) {
        return time != other.time ? Long.compare(time, other.time) : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }
}
