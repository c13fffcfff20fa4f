package io.pgha.sim.world;

import java.time.Duration;

/**
 * The times of a cluster (facts §2.2).
 *
 * @param ttl of the lease
 * @param loopWait the longest the loop sleeps
 * @param retryTimeout budget of one DCS call
 */
public record Timing(Duration ttl, Duration loopWait, Duration retryTimeout) {
    /** Patroni's defaults. */
    public static final Timing NORMAL = seconds(30, 10, 10);

    public static Timing seconds(long ttl, long loopWait, long retryTimeout) {
        return new Timing(Duration.ofSeconds(ttl), Duration.ofSeconds(loopWait), Duration.ofSeconds(retryTimeout));
    }

    @Override
    public String toString() {
        return "ttl " + ttl.toSeconds() + ", loop_wait " + loopWait.toSeconds() + ", retry_timeout "
                + retryTimeout.toSeconds();
    }
}
