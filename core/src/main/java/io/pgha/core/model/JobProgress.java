package io.pgha.core.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a Job that copies data is.
 *
 * @param done bytes copied
 * @param total bytes to copy in all, as estimated when the copy began; empty when unknown
 * @param left how long it will still take at the rate so far; empty when that cannot be told
 */
public record JobProgress(long done, OptionalLong total, Optional<Duration> left) {
    /** With the time left that follows from how long it took until now. */
    public static JobProgress after(Duration elapsed, long done, OptionalLong total) {
        if (total.isEmpty() || done <= 0 || elapsed.isZero() || elapsed.isNegative()) {
            return new JobProgress(done, total, Optional.empty());
        }
        double missing = Math.max(0, total.getAsLong() - done);
        return new JobProgress(
                done, total, Optional.of(Duration.ofMillis(Math.round(elapsed.toMillis() * missing / done))));
    }
}
