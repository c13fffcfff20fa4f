package io.pgha.agent.loop;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Notices when the wall clock moved differently from the monotonic one: a suspended machine, or a set clock. */
final class ClockJump {
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final Clock clock;
    private MonotonicTime lastNow;
    private Instant lastWall;

    ClockJump(Clock clock) {
        this.clock = clock;
        this.lastNow = clock.now();
        this.lastWall = clock.wall();
    }

    /** Whether they parted by more than a second since the last call. */
    boolean happened() {
        MonotonicTime now = clock.now();
        Instant wall = clock.wall();
        Duration parted =
                Duration.between(lastWall, wall).minus(now.since(lastNow)).abs();
        lastNow = now;
        lastWall = wall;
        return parted.compareTo(TOLERANCE) > 0;
    }
}
