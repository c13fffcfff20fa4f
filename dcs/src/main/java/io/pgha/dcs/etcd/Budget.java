package io.pgha.dcs.etcd;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.time.Duration;

/** The time that is left of one attempt. */
final class Budget {
    private final Clock clock;
    private final MonotonicTime end;

    Budget(Clock clock, Duration time) {
        this.clock = clock;
        this.end = clock.now().plus(time);
    }

    /** Never negative. */
    Duration left() {
        Duration left = end.since(clock.now());
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean isOver() {
        return left().isZero();
    }
}
