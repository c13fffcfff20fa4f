package io.pgha.agent.runtime;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives back, now and then, the memory that an agent needed for something rare: its start, the copy of a replica, a burst
 * of health checks. Without it that memory stays resident until the machine runs short. Measured in
 * {@code docs/footprint.md}. Called after each cycle of the loop, on its thread; takes some tens of milliseconds when due.
 */
final class IdleMemory {
    /** Later than the start of a cluster, earlier than anybody looks. */
    static final Duration FIRST = Duration.ofSeconds(60);

    static final Duration EVERY = Duration.ofMinutes(5);

    private final Clock clock;
    private final Runnable giveBack;
    private final MonotonicTime begun;
    private Optional<MonotonicTime> last = Optional.empty();

    IdleMemory(Clock clock) {
        this(clock, IdleMemory::giveBack);
    }

    /** @param giveBack what to do when it is time */
    IdleMemory(Clock clock, Runnable giveBack) {
        this.clock = clock;
        this.giveBack = giveBack;
        this.begun = clock.now();
    }

    /** Does it when it is time. */
    void trimWhenDue() {
        MonotonicTime now = clock.now();
        boolean due = last.map(time -> now.since(time).compareTo(EVERY) >= 0)
                .orElseGet(() -> now.since(begun).compareTo(FIRST) >= 0);
        if (due) {
            last = Optional.of(now);
            giveBack.run();
        }
    }

    /** The heap first: a collection reads much of what the other steps give back. */
    private static void giveBack() {
        // The serial collector returns what is free beyond MaxHeapFreeRatio after a full collection, and only then.
        System.gc();
        NativePages.giveBack();
    }
}
