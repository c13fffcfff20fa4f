package io.pgha.core.model;

import java.time.Duration;

/**
 * The order in which this node gives up writing before its lock can end (design "Time and the lock", reliability S2):
 * first the loop demotes in order, then the {@code LeaseGuard} stops PostgreSQL at once, then the dead-man does so from
 * outside. Each lead is the time before the end of the lock.
 *
 * @param demoteLead when the loop stops hoping for the DCS
 * @param guardLead when the lease guard acts
 * @param deadManLead when the dead-man acts
 */
public record LeaseTimes(Duration demoteLead, Duration guardLead, Duration deadManLead) {
    public LeaseTimes {
        if (demoteLead.compareTo(guardLead) <= 0
                || guardLead.compareTo(deadManLead) <= 0
                || deadManLead.compareTo(Duration.ofMillis(500)) < 0) {
            throw new IllegalArgumentException("the leads must shrink and leave time for a stop: " + demoteLead + ", "
                    + guardLead + ", " + deadManLead);
        }
    }

    /** The leads for a TTL: 5 s, 2.5 s and 1.5 s from ttl 20 on; 1.8 s, 1.4 s and 1 s at ttl 5. */
    public static LeaseTimes forTtl(Duration ttl) {
        long millis = ttl.toMillis();
        return new LeaseTimes(
                clamp(millis / 4, 1800, 5000), clamp(millis / 8, 1400, 2500), clamp(millis * 3 / 40, 1000, 1500));
    }

    /** The same, all of it so much earlier. */
    public LeaseTimes earlierBy(Duration margin) {
        return new LeaseTimes(demoteLead.plus(margin), guardLead.plus(margin), deadManLead.plus(margin));
    }

    /** When the loop demotes if the lock is not proven again. */
    public MonotonicTime demoteAt(MonotonicTime validUntil) {
        return validUntil.minus(demoteLead);
    }

    /** When the lease guard stops PostgreSQL. */
    public MonotonicTime guardAt(MonotonicTime validUntil) {
        return validUntil.minus(guardLead);
    }

    /** When the dead-man stops PostgreSQL. */
    public MonotonicTime deadManAt(MonotonicTime validUntil) {
        return validUntil.minus(deadManLead);
    }

    private static Duration clamp(long millis, long leastMillis, long mostMillis) {
        return Duration.ofMillis(Math.max(leastMillis, Math.min(mostMillis, millis)));
    }
}
