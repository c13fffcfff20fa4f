package io.pgha.dcs.memory;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.kv.Compare;
import io.pgha.dcs.kv.KeyEvent;
import io.pgha.dcs.kv.Op;
import io.pgha.dcs.kv.Snapshot;
import io.pgha.dcs.kv.Txn;
import io.pgha.dcs.kv.TxnReply;
import io.pgha.dcs.kv.TxnReply.OpReply;
import io.pgha.dcs.wire.RawEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A model of etcd: revisions, transactions, leases that expire, watches that are told in order.
 *
 * <p>Time: leases expire by the store's own clock. The store asks {@link Later} to be run when the next lease may end,
 * so whoever supplies clock and {@code Later} (the simulator's event queue, a scheduler in tests) needs to do nothing
 * else; {@link #expireLeases} and {@link #nextExpiry} are there for those who want to be exact. Every request expires
 * first what is due.
 *
 * <p>All methods are safe from several threads; watches are told through {@code Later}, never within a request.
 */
public final class MemoryStore {
    private final Clock clock;
    private final Later later;
    private final TreeMap<String, RawEntry> entries = new TreeMap<>();
    private final MemoryLeases leases = new MemoryLeases();
    private final Set<MemoryWatch> watches = new LinkedHashSet<>();
    private long revision = 1;
    private boolean full;

    /**
     * @param clock the clock of the store's own machine
     * @param later runs what is due later
     */
    public MemoryStore(Clock clock, Later later) {
        this.clock = clock;
        this.later = later;
    }

    Later later() {
        return later;
    }

    // What clients ask.

    synchronized DcsOutcome<Snapshot> range(String prefix) {
        expireLeases();
        return new DcsOutcome.Done<>(new Snapshot(below(prefix), revision));
    }

    synchronized DcsOutcome<TxnReply> txn(Txn txn) {
        expireLeases();
        if (namesUnknownLease(txn)) {
            return new DcsOutcome.LeaseLost<>("requested lease not found");
        }
        if (full && writes(txn)) {
            return new DcsOutcome.Refused<>("database space exceeded");
        }
        List<KeyEvent> events = new ArrayList<>();
        TxnReply reply = run(txn, revision + 1, events);
        publish(events);
        return new DcsOutcome.Done<>(new TxnReply(reply.succeeded(), revision, reply.replies()));
    }

    synchronized DcsOutcome<Long> grantLease(Duration ttl) {
        expireLeases();
        if (full) {
            return new DcsOutcome.Refused<>("database space exceeded");
        }
        long id = leases.grant(ttl, clock.now());
        expireWhenDue(id, ttl);
        return new DcsOutcome.Done<>(id);
    }

    synchronized DcsOutcome<Void> keepLease(long id) {
        expireLeases();
        return leases.renew(id, clock.now())
                ? DcsOutcome.done()
                : new DcsOutcome.LeaseLost<>("requested lease not found");
    }

    synchronized void subscribe(MemoryWatch watch) {
        watches.add(watch);
    }

    synchronized void unsubscribe(MemoryWatch watch) {
        watches.remove(watch);
    }

    // What happens to a store, for tests and the simulator.

    /** Deletes what is attached to leases whose time is over by the store's clock. */
    public synchronized void expireLeases() {
        leases.due(clock.now()).forEach(this::end);
    }

    /** When the next lease ends unless it is renewed. */
    public synchronized Optional<MonotonicTime> nextExpiry() {
        return leases.nextExpiry();
    }

    /** A new leader of the store was elected: all leases start again with their whole TTL, as etcd's do. */
    public synchronized void electLeader() {
        expireLeases();
        leases.renewAll(clock.now());
    }

    /** Ends a lease at once, with everything attached to it. */
    public synchronized void revokeLease(long id) {
        end(id);
    }

    /** Writes a key past all clients, as an operator might, who finds room for it where clients find none. */
    public synchronized void put(String key, String value) {
        put(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with bytes that may be no text. */
    public synchronized void put(String key, byte[] value) {
        boolean wasFull = full;
        full = false;
        txn(Txn.always(new Op.Put(key, value, 0)));
        full = wasFull;
    }

    /** Deletes a key past all clients. */
    public synchronized void delete(String key) {
        txn(Txn.always(new Op.Delete(key)));
    }

    /** Deletes everything below the prefix, past all clients. */
    public synchronized void wipe(String prefix) {
        txn(Txn.always(new Op.DeletePrefix(prefix)));
    }

    /** What stands at that key, past all clients. */
    public synchronized Optional<RawEntry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** All entries below the prefix, sorted by key. */
    public synchronized List<RawEntry> dump(String prefix) {
        return below(prefix);
    }

    /** Whether the store has no space left: reading and prolonging leases go on, writing is refused. */
    public synchronized void full(boolean nowFull) {
        full = nowFull;
    }

    /** A copy of the store's content, to go back to with {@link #restore}. */
    public synchronized Backup backup() {
        return new Backup(entries, leases.ttls(), revision);
    }

    /** Goes back to a backup, as after a disaster: revisions go back, leases begin anew, watches break. */
    public synchronized void restore(Backup backup) {
        entries.clear();
        entries.putAll(backup.entries());
        leases.clear();
        backup.leases().forEach((id, ttl) -> {
            leases.restore(id, ttl, clock.now());
            expireWhenDue(id, ttl);
        });
        revision = backup.revision();
        compact();
    }

    /** Throws old revisions away under all watches, which must read everything again. */
    public synchronized void compact() {
        List.copyOf(watches).forEach(watch -> later.after(Duration.ZERO, watch::compacted));
    }

    private List<RawEntry> below(String prefix) {
        return List.copyOf(entries.subMap(prefix, prefix + Character.MAX_VALUE).values());
    }

    private TxnReply run(Txn txn, long at, List<KeyEvent> events) {
        boolean holds = txn.when().stream().allMatch(this::holds);
        List<OpReply> replies = new ArrayList<>();
        for (Op op : holds ? txn.then() : txn.otherwise()) {
            replies.add(run(op, at, events));
        }
        return new TxnReply(holds, at, replies);
    }

    private OpReply run(Op op, long at, List<KeyEvent> events) {
        if (op instanceof Op.Nested nested) {
            return new TxnReply.Inner(run(nested.txn(), at, events));
        } else if (op instanceof Op.Get get) {
            return new TxnReply.Got(Optional.ofNullable(entries.get(get.key())));
        } else if (op instanceof Op.Delete delete) {
            remove(delete.key(), at, events);
        } else if (op instanceof Op.DeletePrefix all) {
            below(all.prefix()).forEach(entry -> remove(entry.key(), at, events));
        } else if (op instanceof Op.Put put) {
            RawEntry before = entries.get(put.key());
            long created = before == null ? at : before.createRevision();
            RawEntry entry = new RawEntry(put.key(), put.value(), put.leaseId(), created, at);
            entries.put(put.key(), entry);
            events.add(new KeyEvent.Written(entry));
        }
        return new TxnReply.Wrote();
    }

    private boolean holds(Compare compare) {
        RawEntry entry = entries.get(compare.key());
        if (compare instanceof Compare.CreateRevision created) {
            return (entry == null ? 0 : entry.createRevision()) == created.revision();
        } else if (compare instanceof Compare.ModRevision modified) {
            return (entry == null ? 0 : entry.modRevision()) == modified.revision();
        }
        return entry != null
                && compare instanceof Compare.Value value
                && entry.text().equals(value.text());
    }

    private void remove(String key, long at, List<KeyEvent> events) {
        if (entries.remove(key) != null) {
            events.add(new KeyEvent.Deleted(key, at));
        }
    }

    private void publish(List<KeyEvent> events) {
        if (!events.isEmpty()) {
            revision++;
            List.copyOf(watches).forEach(watch -> watch.happened(events));
        }
    }

    private void end(long leaseId) {
        leases.remove(leaseId);
        List<KeyEvent> events = new ArrayList<>();
        for (RawEntry entry : List.copyOf(entries.values())) {
            if (entry.leaseId() == leaseId) {
                remove(entry.key(), revision + 1, events);
            }
        }
        publish(events);
    }

    /** One timer for each lease, set anew for what is left as long as the lease is renewed. */
    private void expireWhenDue(long id, Duration delay) {
        later.after(delay, () -> {
            synchronized (this) {
                expireLeases();
                leases.left(id, clock.now()).ifPresent(left -> expireWhenDue(id, left));
            }
        });
    }

    private boolean namesUnknownLease(Txn txn) {
        return steps(txn).stream()
                .anyMatch(op -> op instanceof Op.Put put && put.leaseId() != 0 && !leases.exists(put.leaseId()));
    }

    private static boolean writes(Txn txn) {
        return steps(txn).stream().anyMatch(op -> op instanceof Op.Put);
    }

    private static List<Op> steps(Txn txn) {
        List<Op> all = new ArrayList<>();
        List<Op> top = new ArrayList<>(txn.then());
        top.addAll(txn.otherwise());
        for (Op op : top) {
            if (op instanceof Op.Nested nested) {
                all.addAll(steps(nested.txn()));
            } else {
                all.add(op);
            }
        }
        return all;
    }

    /**
     * The content of a store at one moment.
     *
     * @param entries by key
     * @param leases TTLs by the id of the lease
     */
    public record Backup(Map<String, RawEntry> entries, Map<Long, Duration> leases, long revision) {
        public Backup {
            entries = Collections.unmodifiableMap(new TreeMap<>(entries));
            leases = Collections.unmodifiableMap(new TreeMap<>(leases));
        }
    }
}
