package io.pgha.core.time;

import io.pgha.core.model.MonotonicTime;
import java.time.Instant;

/** Both clocks of this machine. Deadlines are monotonic; wall time is for schedules and for people. */
public interface Clock {
    /** The monotonic clock. */
    MonotonicTime now();

    /** The wall clock, which may jump. */
    Instant wall();
}
