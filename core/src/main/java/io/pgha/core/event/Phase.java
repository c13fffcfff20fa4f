package io.pgha.core.event;

import java.time.Duration;

/**
 * A part of what was done.
 *
 * @param name for example {@code act} or {@code promote}
 * @param took how long it took
 */
public record Phase(String name, Duration took) {
    /** How long nobody had been leading: not a part of the work. */
    public static final String LEADERLESS = "without a leader";
}
