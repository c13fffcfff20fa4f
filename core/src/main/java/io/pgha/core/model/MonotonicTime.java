package io.pgha.core.model;

import java.time.Duration;

/**
 * A reading of the monotonic clock. Only differences mean anything, and only within one machine.
 *
 * @param nanos nanoseconds since an arbitrary origin
 */
public record MonotonicTime(long nanos) implements Comparable<MonotonicTime> {
    public MonotonicTime plus(Duration duration) {
        return new MonotonicTime(nanos + duration.toNanos());
    }

    public MonotonicTime minus(Duration duration) {
        return new MonotonicTime(nanos - duration.toNanos());
    }

    /** The time from the other reading to this one; negative when the other one is later. */
    public Duration since(MonotonicTime other) {
        return Duration.ofNanos(nanos - other.nanos);
    }

    public boolean isBefore(MonotonicTime other) {
        return nanos - other.nanos < 0;
    }

    public boolean isAfter(MonotonicTime other) {
        return nanos - other.nanos > 0;
    }

    @Override
    public int compareTo(MonotonicTime other) {
        return Long.signum(nanos - other.nanos);
    }
}
