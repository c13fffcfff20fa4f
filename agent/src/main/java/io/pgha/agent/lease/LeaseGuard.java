package io.pgha.agent.lease;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.event.Actor;
import io.pgha.core.event.Event;
import io.pgha.core.model.LeaseTimes;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Postmaster;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows until when the leader lock is proven, and stops PostgreSQL short of that moment whatever the loop is doing
 * (design "Time and the lock", rules 2 to 5). The only source of truth for "may I write?".
 *
 * <p>The end is counted from before the request was sent, on the monotonic clock. The dead-man is told only after the
 * DCS has confirmed: a heartbeat sent before would promise time that nobody granted.
 *
 * <p>{@link #confirmed}, {@link #suspend}, {@link #resume} and {@link #standDown} are called by the loop's thread only; everything else by any thread.
 */
public final class LeaseGuard {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseGuard.class);
    private static final Postmaster WHOEVER_RUNS_THERE = new Postmaster(0, 0);

    private final Surroundings world;
    private final FailsafeRegister failsafe;
    private Optional<MonotonicTime> validUntil = Optional.empty();
    private Optional<LeaseTimes> times = Optional.empty();
    private boolean proven;
    private boolean suspended;
    private boolean guarding;
    /** An earlier life of the agent may have left one. */
    private boolean fenceMayBeArmed = true;

    public LeaseGuard(Surroundings world) {
        this(world, new FailsafeRegister(world.clock()));
    }

    /** @param failsafe shared with the REST API */
    public LeaseGuard(Surroundings world, FailsafeRegister failsafe) {
        this.world = world;
        this.failsafe = failsafe;
    }

    /**
     * The DCS confirmed that the lock is ours.
     *
     * @param sentAt monotonic time read just before the request was sent
     * @param ttl TTL of the lease
     * @param postmaster whom the dead-man has to stop; empty: whoever runs on the data directory
     * @return until when the lock is proven
     */
    public MonotonicTime confirmed(MonotonicTime sentAt, Duration ttl, Optional<Postmaster> postmaster) {
        MonotonicTime until = sentAt.plus(ttl);
        LeaseTimes leads = world.configuration().settings().leaseTimes(ttl);
        synchronized (this) {
            validUntil = Optional.of(until);
            times = Optional.of(leads);
            proven = true;
            guarding = true;
            if (suspended) {
                return until;
            }
            fenceMayBeArmed = true;
            world.timer().schedule(leads.guardAt(until), this::expire);
        }
        // Not under the monitor: a dead-man that does not answer must not hold up the alarm.
        world.fence().arm(leads.deadManAt(until), postmaster.orElse(WHOEVER_RUNS_THERE));
        return until;
    }

    /**
     * The cluster is paused: from now on nothing is stopped by the guard or the dead-man (facts §5.17: as the watchdog
     * is closed). What is proven is counted as ever, because nothing may begin to take writes without a proof.
     */
    public void suspend() {
        synchronized (this) {
            if (suspended) {
                return;
            }
            suspended = true;
            fenceMayBeArmed = false;
            world.timer().cancel();
        }
        world.fence().disarm();
    }

    /** The pause is over: what is proven is guarded again. */
    public void resume() {
        LeaseTimes leads;
        MonotonicTime until;
        synchronized (this) {
            if (!suspended) {
                return;
            }
            suspended = false;
            boolean stillProven = proven
                    && validUntil.isPresent()
                    && times.isPresent()
                    && world.clock().now().isBefore(times.get().guardAt(validUntil.get()));
            if (!stillProven) {
                // A primary without the lock is the business of the loop, in this very cycle.
                proven = false;
                validUntil = Optional.empty();
                return;
            }
            until = validUntil.get();
            leads = times.get();
            world.timer().schedule(leads.guardAt(until), this::expire);
            if (!guarding) {
                return;
            }
            fenceMayBeArmed = true;
        }
        world.fence().arm(leads.deadManAt(until), WHOEVER_RUNS_THERE);
    }

    /**
     * The DCS confirmed that the lock is ours, and PostgreSQL can take no writes while it is (a standby cluster): the end
     * of the lock is known, and nothing is stopped when it comes.
     *
     * @param sentAt monotonic time read just before the request was sent
     * @param ttl TTL of the lease
     * @return until when the lock is proven
     */
    public MonotonicTime confirmedWithoutWrites(MonotonicTime sentAt, Duration ttl) {
        MonotonicTime until = sentAt.plus(ttl);
        LeaseTimes leads = LeaseTimes.forTtl(ttl);
        boolean disarm;
        synchronized (this) {
            disarm = fenceMayBeArmed;
            fenceMayBeArmed = false;
            guarding = false;
            validUntil = Optional.of(until);
            times = Optional.of(leads);
            proven = true;
            if (!suspended) {
                world.timer().schedule(leads.guardAt(until), this::expire);
            }
        }
        if (disarm) {
            world.fence().disarm();
        }
        return until;
    }

    /** PostgreSQL takes no writes and the lock is not wanted any more: nothing is to be guarded. */
    public void standDown() {
        boolean disarm;
        synchronized (this) {
            if (validUntil.isEmpty()) {
                return;
            }
            disarm = fenceMayBeArmed;
            fenceMayBeArmed = false;
            guarding = false;
            validUntil = Optional.empty();
            proven = false;
            world.timer().cancel();
        }
        if (disarm) {
            world.fence().disarm();
        }
    }

    /** What was promised to and by this member. */
    public FailsafeRegister failsafe() {
        return failsafe;
    }

    /** Until when the lock is proven; empty when it is not, or when the clocks made the proof worthless. */
    public synchronized Optional<MonotonicTime> validUntil() {
        return proven ? validUntil : Optional.empty();
    }

    /** Whether something is guarded: an alarm is set, and the dead-man is told. */
    public synchronized boolean isGuarding() {
        return guarding && validUntil.isPresent() && !suspended;
    }

    /** Whether the cluster is paused, so that nothing is stopped whatever is proven. */
    public synchronized boolean isSuspended() {
        return suspended;
    }

    /** Whether the lock is proven, with the time left that the loop needs to stop in order. */
    public boolean provenForLong() {
        MonotonicTime now = world.clock().now();
        synchronized (this) {
            return proven
                    && validUntil.isPresent()
                    && times.isPresent()
                    && now.isBefore(times.get().demoteAt(validUntil.get()));
        }
    }

    /** The clocks disagree (a suspended machine, rule 5): the lock is void until it is proven again. */
    public synchronized void voidProof() {
        proven = false;
    }

    private void expire() {
        String reason;
        synchronized (this) {
            MonotonicTime now = world.clock().now();
            if (suspended
                    || validUntil.isEmpty()
                    || times.isEmpty()
                    || now.isBefore(times.get().guardAt(validUntil.get()))) {
                return;
            }
            proven = false;
            if (!guarding) {
                return;
            }
            long left = validUntil.get().since(now).toMillis();
            reason = left > 0
                    ? "the leader lock ends in " + left + " ms and was not renewed"
                    : "the leader lock ended " + -left + " ms ago: this process was frozen or starved until now";
        }
        LOG.error("Lease guard: {}; stopping PostgreSQL at once", reason);
        String outcome = world.postgres().fence(reason).message();
        LOG.error("Lease guard: {}", outcome);
        world.events()
                .add(Event.of(world.clock().wall(), Actor.AGENT, "lease-guard", reason, "Fence")
                        .endedWith(outcome));
        world.doorbell().ring();
    }
}
