package io.pgha.dcs;

import io.pgha.core.event.Event;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Member;
import io.pgha.core.model.SyncState;
import io.pgha.core.model.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One cluster's place in the distributed configuration store, as one member (or a tool) sees it. Keys, values and
 * transactions are those of facts §1, byte for byte.
 *
 * <p>Threading: calls may come from several threads. Every call blocks until it has an answer, at most for the
 * retry timeout, and never throws for expected trouble: see {@link DcsOutcome}. Listeners are called on a thread of
 * the adapter and must return at once.
 *
 * <p>One lease per instance, granted at the first call that needs one, with the TTL of {@link #timing}. It is attached
 * to this member's key and, while it leads, to the leader key. It is renewed by {@link #keepLease},
 * {@link #renewLock} and the calls that take the lock, and by nothing else: no background keep-alive exists.
 */
public interface Dcs extends AutoCloseable {
    /** Reads the whole prefix with one linearizable range read. */
    DcsOutcome<ClusterView> read();

    /**
     * The copy that the watch keeps, when the watch is established and has seen no interruption since its last full
     * read. It may be behind, so it proves nothing; it saves a request in a quiet cycle (ADR "one read per cycle").
     */
    Optional<ClusterView> watched();

    /** Prolongs the lease (granting one where there is none). Must not be called by a member that holds the lock. */
    DcsOutcome<Void> keepLease();

    /**
     * Writes this member's key with the lease, unless the same content stands there already under the same lease.
     * Does not prolong the lease, and grants one only where there is none.
     */
    DcsOutcome<Void> publishMember(Member me);

    /** Deletes this member's key. */
    DcsOutcome<Void> removeMember();

    /**
     * Takes the leader lock if nobody holds it (compare create revision = 0, facts §1.5). Refused: race lost. Done also
     * means that the lease was prolonged after the call began, so that the lock holds for a whole TTL from then.
     */
    default DcsOutcome<Void> acquireLock() {
        return acquireLock(OptionalLong.empty());
    }

    /**
     * The same, if the key {@code sync} still has the revision from which it was found that this member may lead (0: it is
     * absent). Otherwise somebody may have led and gone again since then, and this member may lack what that one
     * acknowledged.
     */
    DcsOutcome<Void> acquireLock(OptionalLong expectedSyncRevision);

    /**
     * Renews the lock: keep-alive, and where the leader key does not carry our lease, the transaction of facts §1.5.
     * Refused: somebody else holds it. Done means that the lock holds for a whole TTL from the beginning of the call.
     */
    DcsOutcome<Void> renewLock();

    /** Takes the lock unconditionally, at the end of a bootstrap (facts §1.5), with a lease as in {@link #acquireLock}. */
    DcsOutcome<Void> takeLock();

    /**
     * Gives the lock up, if it is ours (compare value), after writing the last status when one is given.
     * Refused: it was not ours.
     */
    DcsOutcome<Void> releaseLock(Optional<ClusterStatus> lastStatus);

    /**
     * Races for the right to bootstrap: creates {@code initialize} with an empty value, attached to our lease so that
     * it vanishes when we die (ADR "a bootstrap that dies"). Refused: somebody else was first.
     */
    DcsOutcome<Void> raceInitialize();

    /**
     * Writes the system identifier to {@code initialize}, without a lease.
     *
     * @param expectedRevision mod revision that the key must still have; 0: it must be absent; empty: whatever. Not the
     *     create revision: all claims look alike, and another's, completed a moment ago, would be overwritten
     */
    DcsOutcome<Void> writeInitialize(String systemIdentifier, OptionalLong expectedRevision);

    /** Deletes {@code initialize} after a failed bootstrap. */
    DcsOutcome<Void> cancelInitialize();

    /**
     * Writes the dynamic configuration.
     *
     * @param expectedModRevision revision that the key must still have (Refused otherwise), or empty: unconditional
     */
    DcsOutcome<Void> writeConfig(Map<String, Object> config, OptionalLong expectedModRevision);

    /** Writes {@code status} unless the same content was the last one written. Refused: this member holds no lock. */
    DcsOutcome<Void> writeStatus(ClusterStatus status);

    /**
     * Writes {@code failover}; a request that is not {@linkplain FailoverRequest#isPresent() present} is written as
     * {@code {}}.
     *
     * @param expectedModRevision revision that the key must still have (Refused otherwise), or empty: unconditional
     */
    DcsOutcome<Void> writeFailover(FailoverRequest request, OptionalLong expectedModRevision);

    /**
     * Writes {@code sync}, or deletes it when the state is empty. Compared by mod revision, and by the leader key: a leader
     * that was frozen must not change what its successor promises. Refused: one of them differs.
     *
     * @param expectedModRevision revision that the key must still have; 0: it must be absent
     * @return the new mod revision
     */
    DcsOutcome<Long> writeSync(Optional<SyncState> state, long expectedModRevision);

    /** Writes {@code history}. Refused: this member does not hold the lock. */
    DcsOutcome<Void> writeHistory(List<HistoryEntry> history);

    /**
     * Claims a timeline number that nobody has claimed before, for the promotion that is to follow (ADR 0008). The
     * claim stands in a key of our own, {@code pgha/timeline}, which only grows.
     *
     * @param above the number must be higher than this one
     * @return the claimed number; Refused when somebody else claimed at the same moment: ask again
     */
    DcsOutcome<Timeline> claimTimeline(Timeline above);

    /**
     * Writes {@code failsafe} (member name to {@code api_url}) unless the same content stands there already. Refused:
     * this member does not hold the lock.
     */
    DcsOutcome<Void> writeFailsafe(Map<String, String> failsafe);

    /**
     * Writes the last of this member's events to a key of our own without a lease, {@code pgha/events/MEMBER}, so that they can be
     * read when this member is gone. Of too many, the oldest are left out.
     *
     * @param events oldest first
     */
    DcsOutcome<Void> writeEvents(List<Event> events);

    /** What members wrote with {@link #writeEvents}, by member; what makes no sense is left out. */
    DcsOutcome<Map<String, List<Event>>> readEvents();

    /** Deletes everything below the cluster's prefix. */
    DcsOutcome<Void> removeCluster();

    /** Starts the watch on the prefix and tells the listener of changes until {@link #close}. Call it once. */
    void watch(Consumer<DcsChange> listener);

    /**
     * Sets the lease TTL and the budget of one call. A changed TTL takes effect with a new lease at the next
     * renewal, without a moment in which the lock has none.
     */
    void timing(Duration ttl, Duration retryTimeout);

    /** Forgets the lease without revoking it (facts §1.5: never revoked explicitly) and closes connections. */
    @Override
    void close();
}
