package io.pgha.dcs.memory;

import java.time.Duration;

/** Runs something later: on a thread of its own in tests, in the event queue of the simulator. */
@FunctionalInterface
public interface Later {
    /** Runs the task when at least {@code delay} has passed, never before this call has returned. */
    void after(Duration delay, Runnable task);
}
