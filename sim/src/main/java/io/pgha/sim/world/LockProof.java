package io.pgha.sim.world;

import io.pgha.sim.kernel.Scheduler;
import java.time.Duration;

/**
 * Until when a node may take writes, as the promise has it: the time before a successful renewal was sent, plus the
 * TTL (design "Time and the lock", rule 2). Kept by the world, whatever the agent believes.
 */
public final class LockProof {
    private final Scheduler scheduler;
    private Duration ttl;
    private long validUntil;

    LockProof(Scheduler scheduler, Duration ttl) {
        this.scheduler = scheduler;
        this.ttl = ttl;
    }

    /** Leases have that TTL from now on. */
    void ttl(Duration inForce) {
        ttl = inForce;
    }

    /** A renewal that was sent at that time has succeeded. */
    void proven(long sentAt) {
        validUntil = sentAt + ttl.toNanos();
    }

    /** The lock was given up, or it is known to be lost. */
    void ended() {
        validUntil = 0;
    }

    long now() {
        return scheduler.now();
    }

    /** In nanoseconds of the world. */
    public long validUntil() {
        return validUntil;
    }

    public boolean isValid() {
        return scheduler.now() < validUntil;
    }
}
