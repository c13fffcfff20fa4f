package io.pgha.dcs.kv;

import io.pgha.core.model.MonotonicTime;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.wire.RawEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The transactions of the leader lock (facts §1.5, table). */
final class LeaderKey {
    private final String key;
    private final String me;
    private final Writer writer;
    private final LeaseKeeper lease;
    private final WatchedCluster watched;
    private final Quarantine quarantine = new Quarantine();

    LeaderKey(String key, String me, Writer writer, LeaseKeeper lease, WatchedCluster watched) {
        this.key = key;
        this.me = me;
        this.writer = writer;
        this.lease = lease;
        this.watched = watched;
    }

    /**
     * Creates the key. It is ours, too, when it carries our lease: then an earlier reply was lost. The lease is prolonged
     * first, because the winner counts on its whole TTL (Patroni skips that when it was done lately).
     */
    DcsOutcome<Void> acquire(Attempts attempts, List<Compare> conditions) {
        Optional<String> objection = objection();
        return objection.isPresent()
                ? new DcsOutcome.Refused<>(objection.get())
                : proving(() -> acquireNow(attempts, conditions));
    }

    /** Why a lock that nobody holds may not be taken now. */
    private Optional<String> objection() {
        return quarantine.objection(watched.returns(), writer.now(), lease.ttl());
    }

    private DcsOutcome<Void> proving(Supplier<DcsOutcome<Void>> call) {
        MonotonicTime sentAt = writer.now();
        DcsOutcome<Void> outcome = call.get();
        if (outcome.isDone()) {
            quarantine.proven(sentAt.plus(lease.ttl()));
        }
        return outcome;
    }

    private DcsOutcome<Void> acquireNow(Attempts attempts, List<Compare> conditions) {
        return lease.withRenewed(attempts, (time, leaseId) -> {
            List<Compare> all = new ArrayList<>(List.of(new Compare.CreateRevision(key, 0)));
            all.addAll(conditions);
            Txn txn = new Txn(all, List.of(put(leaseId)), List.of(new Op.Get(key)));
            return Outcomes.then(writer.repeat(time, "acquire the lock", txn), reply -> {
                boolean ours =
                        reply.got().filter(found -> isOurs(found, leaseId)).isPresent();
                return reply.succeeded() || ours
                        ? DcsOutcome.done()
                        : new DcsOutcome.Refused<>(reply.got()
                                .map(entry -> "the lock is held by " + Quoted.text(entry))
                                .orElse("the synchronous state was changed meanwhile"));
            });
        });
    }

    DcsOutcome<Void> take(Attempts attempts) {
        return lease.withRenewed(
                attempts, (time, leaseId) -> Outcomes.withoutValue(writer.put(time, "take the lock", put(leaseId))));
    }

    /**
     * Prolongs the lease; writes the key only where it does not carry the lease. A new TTL gets a new lease, onto which
     * the key is moved while the old one still has its whole TTL.
     */
    DcsOutcome<Void> renew(Attempts attempts) {
        return proving(() -> lease.withRenewed(
                attempts,
                (time, leaseId) -> watched.certainEntry(key)
                                .filter(entry -> isOurs(entry, leaseId))
                                .isPresent()
                        ? DcsOutcome.done()
                        : attach(time, leaseId)));
    }

    /** Deletes the key if it is ours, together with the last status. */
    DcsOutcome<Void> release(Attempts attempts, Optional<Op> status) {
        quarantine.released();
        List<Op> steps = new ArrayList<>();
        status.ifPresent(steps::add);
        steps.add(new Op.Delete(key));
        Txn txn = new Txn(List.of(new Compare.Value(key, me)), steps, List.of(new Op.Get(key)));
        return Outcomes.then(writer.repeat(attempts, "release the lock", txn), reply -> {
            // Not ours after an attempt without an answer: that one released it.
            if (reply.succeeded() || attempts.unsure()) {
                return DcsOutcome.done();
            }
            return new DcsOutcome.Refused<>(held(reply.got()));
        });
    }

    /** Our name there: put our lease to it. Nobody there: take it. Somebody else: no. */
    private DcsOutcome<Void> attach(Attempts attempts, long leaseId) {
        Op otherwise = objection().isPresent()
                ? new Op.Get(key)
                : new Op.Nested(Txn.when(new Compare.CreateRevision(key, 0), put(leaseId)));
        Txn txn = new Txn(List.of(new Compare.Value(key, me)), List.of(put(leaseId)), List.of(otherwise));
        return Outcomes.then(writer.repeat(attempts, "renew the lock", txn), reply -> {
            Optional<TxnReply> nested = reply.nested();
            if (reply.succeeded() || nested.filter(TxnReply::succeeded).isPresent()) {
                return DcsOutcome.done();
            }
            return new DcsOutcome.Refused<>(held(nested.orElse(reply).got()));
        });
    }

    private Op.Put put(long leaseId) {
        return new Op.Put(key, me, leaseId);
    }

    private boolean isOurs(RawEntry entry, long leaseId) {
        return entry.leaseId() == leaseId && entry.text().equals(me);
    }

    private static String held(Optional<RawEntry> found) {
        return found.map(entry -> "the lock is held by " + Quoted.text(entry)).orElse("nobody holds the lock");
    }
}
