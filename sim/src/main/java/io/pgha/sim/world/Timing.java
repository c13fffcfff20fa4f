package io.pgha.sim.world;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** As keys of the dynamic configuration. */
    public Map<String, Object> dynamic() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("ttl", ttl.toSeconds());
        keys.put("loop_wait", loopWait.toSeconds());
        keys.put("retry_timeout", retryTimeout.toSeconds());
        return keys;
    }

    @Override
    public String toString() {
        return "ttl " + ttl.toSeconds() + ", loop_wait " + loopWait.toSeconds() + ", retry_timeout "
                + retryTimeout.toSeconds();
    }
}
