package io.pgha.sim.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * A fault that has begun.
 *
 * @param words what, for the trace
 * @param lasts how long
 * @param end mends it
 */
record Trouble(String words, Duration lasts, Runnable end) {
    /** Something that is over at once. */
    static Optional<Trouble> momentary(String words) {
        return Optional.of(new Trouble(words, Duration.ZERO, () -> {}));
    }

    static Optional<Trouble> lasting(String words, Duration lasts, Runnable end) {
        return Optional.of(new Trouble(words, lasts, end));
    }
}
