package io.pgha.agent.lease;

import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What this member has promised to a primary that cannot reach the DCS, and what it was promised itself (ADR 0012). A
 * promise and the attempt to lead exclude each other: which of them came first is decided here, under one monitor.
 *
 * <p>{@link #accept} is called by threads of the REST API, {@link #isActive} by any; everything else by the loop's.
 */
public final class FailsafeRegister {
    private final Clock clock;
    private final MonotonicTime started;
    private Optional<FailsafePing> promisedTo = Optional.empty();
    private MonotonicTime promisedUntil;
    private MonotonicTime agreedUntil;
    private boolean leading;
    private boolean observed;
    private boolean takesWrites;
    private Map<String, String> written = Map.of();

    public FailsafeRegister(Clock clock) {
        this.clock = clock;
        this.started = clock.now();
        this.promisedUntil = started;
        this.agreedUntil = started;
    }

    /**
     * Promises not to lead for a while, unless this member leads or is about to.
     *
     * @param promise for how long
     * @return whether it is promised
     */
    public synchronized boolean accept(FailsafePing ping, Duration promise) {
        if (leading || takesWrites || !observed) {
            return false;
        }
        promisedTo = Optional.of(ping);
        MonotonicTime until = clock.now().plus(promise);
        promisedUntil = until.isBefore(promisedUntil) ? promisedUntil : until;
        return true;
    }

    /** To whom it is promised now. */
    public synchronized Optional<FailsafePing> promise() {
        return clock.now().isBefore(promisedUntil) ? promisedTo : Optional.empty();
    }

    /**
     * Asks whether this member may take a lock that it does not have, and from then on promises nothing.
     *
     * @param unsure how long after its start an agent may be bound by a promise of its former life; zero without
     *     failsafe_mode
     * @return why not
     */
    public synchronized Optional<String> beginToLead(Duration unsure) {
        MonotonicTime bound = started.plus(unsure);
        MonotonicTime now = clock.now();
        if (now.isBefore(bound)) {
            return Optional.of(
                    "this agent has just started and may have promised a primary in failsafe mode not to lead: "
                            + bound.since(now).toMillis() + " ms more");
        }
        return goOnLeading();
    }

    /**
     * Asks whether this member may keep a lock that it seems to have, and from then on promises nothing.
     *
     * @return why not
     */
    public synchronized Optional<String> goOnLeading() {
        MonotonicTime now = clock.now();
        if (promisedTo.isPresent() && now.isBefore(promisedUntil)) {
            return Optional.of("it is promised to " + promisedTo.get().name() + ", which runs in failsafe mode, for "
                    + promisedUntil.since(now).toMillis() + " ms more");
        }
        leading = true;
        return Optional.empty();
    }

    /** A cycle has looked at PostgreSQL: before the first, nothing is promised. */
    public synchronized void observed(ServerSeen server) {
        observed = true;
        takesWrites = server == ServerSeen.WRITABLE;
    }

    /** Whether the local server may take writes. */
    public enum ServerSeen {
        WRITABLE,
        HARMLESS
    }

    /** This member certainly does not have the lock, and asks for it no more. */
    public synchronized void leadsNoMore() {
        leading = false;
    }

    /** All others have promised it. */
    public synchronized void agreed(MonotonicTime until) {
        agreedUntil = until;
    }

    /** Whether failsafe mode is in use: as the primary that was promised, or as a member that has promised. */
    public synchronized boolean isActive() {
        MonotonicTime now = clock.now();
        return now.isBefore(agreedUntil) || now.isBefore(promisedUntil);
    }

    /** The DCS answers the leader again. */
    public synchronized void over() {
        agreedUntil = started;
    }

    /** The key is about to be written. Whether that succeeds or not, those in it may count themselves in. */
    public synchronized void writing(Map<String, String> members) {
        written = Map.copyOf(members);
    }

    /** All who may be in the key: those seen there, and those written. */
    public synchronized Map<String, String> members(Map<String, String> seen) {
        Map<String, String> all = new TreeMap<>(seen);
        all.putAll(written);
        return all;
    }
}
