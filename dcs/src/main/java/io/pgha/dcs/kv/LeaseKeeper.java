package io.pgha.dcs.kv;

import io.pgha.dcs.DcsOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one lease of this member: granted at the first need, prolonged only on request, forgotten when the store says that
 * it is gone, never revoked (facts §1.5).
 */
final class LeaseKeeper {
    private static final Duration WORTH_A_SECOND_TRY = Duration.ofSeconds(1);

    private final KvClient client;
    /** Held while a lease is granted, so that two threads do not get two. */
    private final ReentrantLock granting = new ReentrantLock();

    private volatile @Nullable Lease lease;
    private volatile Duration ttl = Duration.ZERO;

    LeaseKeeper(KvClient client) {
        this.client = client;
    }

    /** A lease with another TTL is replaced at the next renewal. */
    void ttl(Duration newTtl) {
        ttl = newTtl;
    }

    /** What a lease that is granted now would have. */
    Duration ttl() {
        return ttl;
    }

    void forget() {
        lease = null;
    }

    /** Forgets the lease unless there is another one by now. */
    private void forget(long leaseId) {
        Lease current = lease;
        if (current != null && current.id() == leaseId) {
            lease = null;
        }
    }

    /** Prolongs the lease; grants one where there is none, or where the TTL has changed. */
    DcsOutcome<Void> keep(Attempts attempts) {
        Lease current = lease;
        if (current == null || !current.ttl().equals(ttl)) {
            Optional<Lease> old = Optional.ofNullable(current);
            return Outcomes.withoutValue(granted(attempts, old));
        }
        return prolong(attempts, current);
    }

    /**
     * The lease, with its whole TTL still before it: whoever holds the lock counts on that from the moment at which the
     * call began. A lease of another TTL is replaced; when no new one is to be had a longer one will do, a shorter one
     * will not.
     */
    DcsOutcome<Lease> renewed(Attempts attempts) {
        Lease current = lease;
        if (current == null) {
            return granted(attempts, Optional.empty());
        }
        DcsOutcome<Void> kept = prolong(attempts, current);
        if (kept instanceof DcsOutcome.LeaseLost) {
            return granted(attempts, Optional.empty());
        } else if (!kept.isDone()) {
            return Outcomes.failed(kept);
        }
        Duration wanted = ttl;
        if (current.ttl().equals(wanted)) {
            return new DcsOutcome.Done<>(current);
        }
        DcsOutcome<Lease> replacement = granted(attempts, Optional.of(current));
        return replacement.isDone() || current.ttl().compareTo(wanted) < 0
                ? replacement
                : new DcsOutcome.Done<>(current);
    }

    /** Prolongs just this lease, and forgets it when it is gone. */
    private DcsOutcome<Void> prolong(Attempts attempts, Lease current) {
        DcsOutcome<Void> outcome =
                attempts.repeat(timeout -> client.keepLease("renew the lease", current.id(), timeout));
        if (outcome instanceof DcsOutcome.LeaseLost) {
            forget(current.id());
        }
        return outcome;
    }

    /** The lease, granted now if there is none. */
    private DcsOutcome<Lease> lease(Attempts attempts) {
        Lease current = lease;
        return current != null ? new DcsOutcome.Done<>(current) : granted(attempts, Optional.empty());
    }

    /** A new lease in place of the old one. */
    private DcsOutcome<Lease> granted(Attempts attempts, Optional<Lease> old) {
        granting.lock();
        try {
            Lease current = lease;
            if (current != null && !current.equals(old.orElse(null))) {
                return new DcsOutcome.Done<>(current);
            }
            Duration wanted = ttl;
            return Outcomes.then(
                    attempts.<Long>repeat(timeout -> client.grantLease("get a lease", wanted, timeout)), id -> {
                        Lease fresh = new Lease(id, wanted);
                        lease = fresh;
                        return new DcsOutcome.Done<>(fresh);
                    });
        } finally {
            granting.unlock();
        }
    }

    /** Runs what needs a lease, whatever is left of it. One that turns out to be gone is forgotten. */
    DcsOutcome<Void> with(Attempts attempts, BiFunction<Attempts, Long, DcsOutcome<Void>> body) {
        return run(attempts, lease(attempts), body);
    }

    /**
     * Runs what needs a lease with its whole TTL. With one that turns out to be gone it is tried once more with a new
     * one, while time is left (facts §1.5).
     */
    DcsOutcome<Void> withRenewed(Attempts attempts, BiFunction<Attempts, Long, DcsOutcome<Void>> body) {
        DcsOutcome<Void> outcome = run(attempts, renewed(attempts), body);
        return outcome instanceof DcsOutcome.LeaseLost && attempts.left().compareTo(WORTH_A_SECOND_TRY) >= 0
                ? run(attempts, renewed(attempts), body)
                : outcome;
    }

    private DcsOutcome<Void> run(
            Attempts attempts, DcsOutcome<Lease> with, BiFunction<Attempts, Long, DcsOutcome<Void>> body) {
        return Outcomes.then(with, current -> {
            DcsOutcome<Void> outcome = body.apply(attempts, current.id());
            if (outcome instanceof DcsOutcome.LeaseLost) {
                forget(current.id());
            }
            return outcome;
        });
    }
}
