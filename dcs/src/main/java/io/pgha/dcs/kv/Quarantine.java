package io.pgha.dcs.kv;

import io.pgha.core.model.MonotonicTime;
import java.time.Duration;
import java.util.Optional;

/**
 * The time after etcd went back to an older state, as after the restoration of a snapshot: what it has forgotten may be
 * who leads, and that one counts on its lease for a whole TTL. Meanwhile only who holds a proof itself takes the lock.
 */
final class Quarantine {
    private Optional<MonotonicTime> provenUntil = Optional.empty();
    private Optional<MonotonicTime> closedUntil = Optional.empty();
    private long returnsSeen;

    /** The lock is ours until then. */
    synchronized void proven(MonotonicTime until) {
        provenUntil = Optional.of(until);
    }

    /** The lock was given up. */
    synchronized void released() {
        provenUntil = Optional.empty();
    }

    /**
     * Why the lock may not be taken now; empty when it may.
     *
     * @param returns how often etcd has gone back so far
     */
    synchronized Optional<String> objection(long returns, MonotonicTime now, Duration ttl) {
        if (returns != returnsSeen) {
            returnsSeen = returns;
            closedUntil = Optional.of(now.plus(ttl));
        }
        boolean ours = provenUntil.filter(now::isBefore).isPresent();
        return closedUntil
                .filter(until -> !ours && now.isBefore(until))
                .map(until -> "etcd has gone back to an older state: somebody whom it forgot may lead for "
                        + until.since(now).toMillis() + " ms more");
    }
}
