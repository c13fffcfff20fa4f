package io.pgha.agent.runtime;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.time.Instant;

/**
 * The clocks of this machine. On Linux {@link System#nanoTime} is CLOCK_MONOTONIC with its own origin, so a reading means
 * the same to the dead-man, which is another process.
 */
final class SystemClock implements Clock {
    @Override
    public MonotonicTime now() {
        return new MonotonicTime(System.nanoTime());
    }

    @Override
    public Instant wall() {
        return Instant.now();
    }
}
