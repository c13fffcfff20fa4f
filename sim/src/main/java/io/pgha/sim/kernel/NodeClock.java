package io.pgha.sim.kernel;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The clocks of one node: a monotonic one with its own origin and speed, and a wall clock that may jump and drift. */
public final class NodeClock implements Clock {
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
    private static final long MILLION = 1_000_000;

    private final Scheduler scheduler;
    private long origin;
    private long since;
    private long partsPerMillion;
    private Duration wallError;
    private long wallSince;
    private long wallPartsPerMillion;

    /**
     * @param origin what the monotonic clock says at the beginning, in nanoseconds
     * @param partsPerMillion how much faster than true time it runs
     */
    public NodeClock(Scheduler scheduler, long origin, long partsPerMillion, Duration wallError) {
        this.scheduler = scheduler;
        this.origin = origin;
        this.partsPerMillion = partsPerMillion;
        this.wallError = wallError;
    }

    @Override
    public MonotonicTime now() {
        return new MonotonicTime(reading());
    }

    @Override
    public Instant wall() {
        long drifted = (scheduler.now() - wallSince) / MILLION * wallPartsPerMillion;
        return START.plusNanos(scheduler.now() + drifted).plus(wallError);
    }

    /** Lets the wall clock jump. */
    public void jump(Duration by) {
        wallError = wallError.plus(by);
    }

    /** Lets the monotonic clock run that much faster than true time from now on. */
    public void drift(long newPartsPerMillion) {
        origin = reading();
        since = scheduler.now();
        partsPerMillion = newPartsPerMillion;
    }

    /** Lets the wall clock run that much faster than true time from now on. */
    public void wallDrift(long newPartsPerMillion) {
        wallError = Duration.between(START.plusNanos(scheduler.now()), wall());
        wallSince = scheduler.now();
        wallPartsPerMillion = newPartsPerMillion;
    }

    /** True time until this clock shows that time; zero when it has passed. */
    public Duration until(MonotonicTime time) {
        long left = time.since(now()).toNanos();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left / (MILLION + partsPerMillion) * MILLION + MILLION);
    }

    private long reading() {
        long nanos = scheduler.now() - since;
        return origin + nanos + nanos / MILLION * partsPerMillion;
    }
}
