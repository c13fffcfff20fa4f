package io.pgha.dcs.kv;

import io.pgha.core.event.Event;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Member;
import io.pgha.core.model.SyncState;
import io.pgha.core.model.Timeline;
import io.pgha.core.time.Clock;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsChange;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.wire.ConfigCodec;
import io.pgha.dcs.wire.EventsCodec;
import io.pgha.dcs.wire.FailoverCodec;
import io.pgha.dcs.wire.FailsafeCodec;
import io.pgha.dcs.wire.HistoryCodec;
import io.pgha.dcs.wire.KeyLayout;
import io.pgha.dcs.wire.MemberCodec;
import io.pgha.dcs.wire.RawEntry;
import io.pgha.dcs.wire.StatusCodec;
import io.pgha.dcs.wire.SyncCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * {@link Dcs} in terms of transactions, leases and a watch (facts §1.5, §1.5a). The lock's transactions are in
 * {@link LeaderKey}, the lease is in {@link LeaseKeeper}; here are the other keys.
 */
public class KvDcs implements Dcs {
    private final KvClient client;
    private final KeyLayout keys;
    private final String memberName;
    private final Writer writer;
    private final LeaseKeeper lease;
    private final LeaderKey leader;
    private final WatchedCluster watched;

    /**
     * @param memberName this member; tools that never write a member key or the lock may give an empty one
     * @param clock its monotonic side times the attempts
     * @param pacer pauses between two attempts
     */
    protected KvDcs(
            KvClient client,
            KeyLayout keys,
            String memberName,
            Clock clock,
            Consumer<Duration> pacer,
            Duration ttl,
            Duration retryTimeout) {
        this.client = client;
        this.keys = keys;
        this.memberName = memberName;
        this.watched = new WatchedCluster(keys);
        this.writer = new Writer(client, watched, clock, pacer);
        this.lease = new LeaseKeeper(client);
        this.leader = new LeaderKey(keys.leader(), memberName, writer, lease, watched);
        apply(ttl, retryTimeout);
    }

    @Override
    public final DcsOutcome<ClusterView> read() {
        long least = watched.revision();
        DcsOutcome<Snapshot> outcome =
                writer.attempts().repeat(timeout -> client.range("read the cluster", keys.prefix(), timeout));
        return outcome instanceof DcsOutcome.Done<Snapshot> done
                ? new DcsOutcome.Done<>(watched.read(done.value(), least))
                : Outcomes.failed(outcome);
    }

    @Override
    public final Optional<ClusterView> watched() {
        return client.watchIsProven() ? watched.view() : Optional.empty();
    }

    @Override
    public final DcsOutcome<Void> keepLease() {
        return lease.keep(writer.attempts());
    }

    @Override
    public final DcsOutcome<Void> publishMember(Member me) {
        byte[] value = MemberCodec.encode(me);
        String key = keys.member(memberName);
        return lease.with(writer.attempts(), (attempts, leaseId) -> {
            if (stands(key, value, leaseId)) {
                return DcsOutcome.done();
            }
            return Outcomes.withoutValue(writer.put(attempts, "publish the member", new Op.Put(key, value, leaseId)));
        });
    }

    @Override
    public final DcsOutcome<Void> removeMember() {
        return Outcomes.withoutValue(writer.always("remove the member", new Op.Delete(keys.member(memberName))));
    }

    @Override
    public final DcsOutcome<Void> acquireLock(OptionalLong expectedSyncRevision) {
        return leader.acquire(
                writer.attempts(),
                expectedSyncRevision.isPresent()
                        ? List.of(new Compare.ModRevision(keys.sync(), expectedSyncRevision.getAsLong()))
                        : List.of());
    }

    @Override
    public final DcsOutcome<Void> renewLock() {
        return leader.renew(writer.attempts());
    }

    @Override
    public final DcsOutcome<Void> takeLock() {
        return leader.take(writer.attempts());
    }

    @Override
    public final DcsOutcome<Void> releaseLock(Optional<ClusterStatus> lastStatus) {
        Optional<Op> status = lastStatus
                .map(StatusCodec::encode)
                .filter(value -> !stands(keys.status(), value, 0))
                .map(value -> new Op.Put(keys.status(), value, 0));
        return leader.release(writer.attempts(), status);
    }

    @Override
    public final DcsOutcome<Void> raceInitialize() {
        String key = keys.initialize();
        return lease.withRenewed(
                writer.attempts(),
                (attempts, leaseId) -> writer.create(
                        attempts,
                        "race for the bootstrap",
                        new Op.Put(key, "", leaseId),
                        found -> found.value().length == 0 && found.leaseId() == leaseId));
    }

    @Override
    public final DcsOutcome<Void> writeInitialize(String systemIdentifier, OptionalLong expectedRevision) {
        Op.Put put = new Op.Put(keys.initialize(), systemIdentifier, 0);
        String purpose = "write the system identifier";
        if (expectedRevision.isEmpty()) {
            return Outcomes.withoutValue(writer.always(purpose, put));
        }
        Attempts attempts = writer.attempts();
        Compare compare = new Compare.ModRevision(put.key(), expectedRevision.getAsLong());
        return writer.guarded(
                attempts, purpose, compare, put, found -> attempts.unsure() && found.hasValue(put.value()));
    }

    @Override
    public final DcsOutcome<Void> cancelInitialize() {
        return Outcomes.withoutValue(writer.always("cancel the bootstrap", new Op.Delete(keys.initialize())));
    }

    @Override
    public final DcsOutcome<Void> writeConfig(Map<String, Object> config, OptionalLong expectedModRevision) {
        Op.Put put = new Op.Put(keys.config(), ConfigCodec.encode(config), 0);
        return Outcomes.withoutValue(writer.atRevision("write the configuration", put.key(), put, expectedModRevision));
    }

    @Override
    public final DcsOutcome<Void> writeStatus(ClusterStatus status) {
        return putIfDifferent("write the status", keys.status(), StatusCodec.encode(status));
    }

    @Override
    public final DcsOutcome<Void> writeFailover(FailoverRequest request, OptionalLong expectedModRevision) {
        Op.Put put = new Op.Put(keys.failover(), FailoverCodec.encode(request), 0);
        return Outcomes.withoutValue(
                writer.atRevision("write the failover request", put.key(), put, expectedModRevision));
    }

    @Override
    public final DcsOutcome<Long> writeSync(Optional<SyncState> state, long expectedModRevision) {
        String key = keys.sync();
        Op op = state.<Op>map(value -> new Op.Put(key, SyncCodec.encode(value), 0))
                .orElseGet(() -> new Op.Delete(key));
        DcsOutcome<Long> outcome = writer.atRevision(
                "write the synchronous state",
                new Compare.ModRevision(key, expectedModRevision),
                List.of(new Compare.Value(keys.leader(), memberName)),
                op);
        return outcome.isDone() && state.isEmpty() ? new DcsOutcome.Done<>(0L) : outcome;
    }

    @Override
    public final DcsOutcome<Void> writeHistory(List<HistoryEntry> history) {
        return asLeader("write the history", new Op.Put(keys.history(), HistoryCodec.encode(history), 0));
    }

    @Override
    public final DcsOutcome<Timeline> claimTimeline(Timeline above) {
        return new TimelineClaims(keys.timeline(), writer).claim(above);
    }

    @Override
    public final DcsOutcome<Void> writeEvents(List<Event> events) {
        Op.Put put = new Op.Put(keys.events(memberName), EventsCodec.encode(events), 0);
        return Outcomes.withoutValue(writer.always("write the events", put));
    }

    @Override
    public final DcsOutcome<Map<String, List<Event>>> readEvents() {
        DcsOutcome<Snapshot> outcome =
                writer.attempts().repeat(timeout -> client.range("read the events", keys.eventsPrefix(), timeout));
        if (!(outcome instanceof DcsOutcome.Done<Snapshot> done)) {
            return Outcomes.failed(outcome);
        }
        Map<String, List<Event>> stories = new TreeMap<>();
        done.value()
                .entries()
                .forEach(entry -> stories.put(
                        entry.key().substring(keys.eventsPrefix().length()), EventsCodec.decode(entry.value())));
        return new DcsOutcome.Done<>(stories);
    }

    @Override
    public final DcsOutcome<Void> writeFailsafe(Map<String, String> failsafe) {
        boolean same = watched.certainEntry(keys.failsafe())
                .map(entry -> FailsafeCodec.decode(entry.value()))
                .filter(failsafe::equals)
                .isPresent();
        return same
                ? DcsOutcome.done()
                : putIfDifferent("write the failsafe members", keys.failsafe(), FailsafeCodec.encode(failsafe));
    }

    @Override
    public final DcsOutcome<Void> removeCluster() {
        return Outcomes.withoutValue(writer.always("remove the cluster", new Op.DeletePrefix(keys.prefix())));
    }

    @Override
    public final void watch(Consumer<DcsChange> listener) {
        watched.listener(listener);
        client.watch(keys.prefix(), watched);
    }

    @Override
    public final void timing(Duration ttl, Duration retryTimeout) {
        apply(ttl, retryTimeout);
    }

    @Override
    public void close() {
        lease.forget();
        client.close();
    }

    private void apply(Duration ttl, Duration retryTimeout) {
        writer.budget(retryTimeout);
        lease.ttl(ttl);
        client.timing(ttl, retryTimeout);
    }

    private DcsOutcome<Void> putIfDifferent(String purpose, String key, byte[] value) {
        return stands(key, value, 0) ? DcsOutcome.done() : asLeader(purpose, new Op.Put(key, value, 0));
    }

    /** A leader that was frozen, or whose request was on its way for too long, must not undo what its successor wrote. */
    private DcsOutcome<Void> asLeader(String purpose, Op.Put put) {
        Txn txn = Txn.when(new Compare.Value(keys.leader(), memberName), put);
        return Outcomes.then(
                writer.repeat(writer.attempts(), purpose, txn),
                reply -> reply.succeeded()
                        ? DcsOutcome.done()
                        : new DcsOutcome.Refused<>(purpose + ": the leader lock is not held"));
    }

    private boolean stands(String key, byte[] value, long leaseId) {
        Optional<RawEntry> entry = watched.certainEntry(key);
        return entry.isPresent() && entry.get().hasValue(value) && entry.get().leaseId() == leaseId;
    }
}
