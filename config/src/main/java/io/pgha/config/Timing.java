package io.pgha.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The three times on which everything rests, after the rule {@code loop_wait + 2 × retry_timeout ≤ ttl} has been enforced
 * (facts §2.2).
 *
 * @param ttl how long a lock lives that nobody renews; whole seconds
 * @param loopWait the longest the loop sleeps; whole seconds
 * @param retryTimeout how long a failing call to the DCS or PostgreSQL is repeated; whole seconds
 */
public record Timing(Duration ttl, Duration loopWait, Duration retryTimeout) {

    /** The smallest values that are accepted. */
    public enum Limits {
        /** Ours: the dead-man makes a short ttl safe (design, "Time and the lock"). */
        PGHA(5, 1, 1),
        /** Patroni's, to be kept to while a Patroni member is in the cluster. */
        PATRONI(20, 1, 3);

        private final long ttl;
        private final long loopWait;
        private final long retryTimeout;

        Limits(long ttl, long loopWait, long retryTimeout) {
            this.ttl = ttl;
            this.loopWait = loopWait;
            this.retryTimeout = retryTimeout;
        }

        /** Smallest ttl in seconds. */
        public long ttl() {
            return ttl;
        }

        /** Smallest loop_wait in seconds. */
        public long loopWait() {
            return loopWait;
        }

        /** Smallest retry_timeout in seconds. */
        public long retryTimeout() {
            return retryTimeout;
        }
    }

    /**
     * What came out of the rule.
     *
     * @param timing times that keep the rule
     * @param adjustments one sentence for each time that had to be changed
     */
    public record Enforced(Timing timing, List<String> adjustments) {
        public Enforced {
            adjustments = List.copyOf(adjustments);
        }
    }

    /** ttl 30, loop_wait 10, retry_timeout 10. */
    public static final Timing DEFAULT = ofSeconds(30, 10, 10);

    /** Times in seconds, as they are. */
    public static Timing ofSeconds(long ttl, long loopWait, long retryTimeout) {
        return new Timing(Duration.ofSeconds(ttl), Duration.ofSeconds(loopWait), Duration.ofSeconds(retryTimeout));
    }

    /** These times, raised to the limits and fitted to the rule (facts §2.2). */
    public Enforced enforce(Limits limits) {
        List<String> adjustments = new ArrayList<>();
        long loop = raised("loop_wait", loopWait, limits.loopWait(), adjustments);
        long retry = raised("retry_timeout", retryTimeout, limits.retryTimeout(), adjustments);
        long lease = raised("ttl", ttl, limits.ttl(), adjustments);
        if (1 + 2 * retry > lease) {
            long shorter = (lease - 1) / 2;
            adjustments.add("retry_timeout " + retry + " is too long for ttl " + lease + ": " + shorter
                    + " is used, and loop_wait 1 (rule: loop_wait + 2 * retry_timeout <= ttl)");
            retry = shorter;
            loop = 1;
        } else if (loop + 2 * retry > lease) {
            long shorter = lease - 2 * retry;
            adjustments.add("loop_wait " + loop + " is too long for ttl " + lease + " and retry_timeout " + retry + ": "
                    + shorter + " is used (rule: loop_wait + 2 * retry_timeout <= ttl)");
            loop = shorter;
        }
        return new Enforced(ofSeconds(lease, loop, retry), adjustments);
    }

    private static long raised(String name, Duration value, long least, List<String> adjustments) {
        // Capped at a year: a sum of larger numbers could overflow.
        long seconds = Math.min(value.toSeconds(), Duration.ofDays(365).toSeconds());
        if (seconds < least) {
            adjustments.add(name + " " + seconds + " is too short: " + least + " is used");
            return least;
        }
        return seconds;
    }
}
