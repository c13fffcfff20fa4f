package io.pgha.dcs.memory;

import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.kv.KvClient;
import io.pgha.dcs.kv.Snapshot;
import io.pgha.dcs.kv.Txn;
import io.pgha.dcs.kv.TxnReply;
import io.pgha.dcs.kv.WatchSink;
import io.pgha.dcs.memory.DcsCall.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One client's connection to the store, with everything that can go wrong on it. */
final class MemoryClient implements KvClient {
    /** As with one etcd endpoint: three attempts share the budget, each of at least a second (facts §1.1). */
    private static final int ATTEMPTS = 3;

    private final MemoryStore store;
    private final String name;
    private final Pacer pacer;
    private final DcsFaults faults;
    private @Nullable MemoryWatch watch;
    private boolean closed;

    MemoryClient(MemoryStore store, String name, Pacer pacer, DcsFaults faults) {
        this.store = store;
        this.name = name;
        this.pacer = pacer;
        this.faults = faults;
    }

    @Override
    public DcsOutcome<Snapshot> range(String purpose, String prefix, Duration timeout) {
        return call(Kind.RANGE, purpose, timeout, () -> store.range(prefix));
    }

    @Override
    public DcsOutcome<TxnReply> txn(String purpose, Txn txn, Duration timeout) {
        return call(Kind.TXN, purpose, timeout, () -> store.txn(txn));
    }

    @Override
    public DcsOutcome<Long> grantLease(String purpose, Duration ttl, Duration timeout) {
        return call(Kind.GRANT_LEASE, purpose, timeout, () -> store.grantLease(ttl));
    }

    @Override
    public DcsOutcome<Void> keepLease(String purpose, long leaseId, Duration timeout) {
        return call(Kind.KEEP_LEASE, purpose, timeout, () -> store.keepLease(leaseId));
    }

    @Override
    public Duration attemptTimeout(Duration budget) {
        return Duration.ofMillis(Math.max(1000, budget.toMillis() / ATTEMPTS));
    }

    @Override
    public void watch(String prefix, WatchSink sink) {
        MemoryWatch started = new MemoryWatch(store, name, faults, prefix, sink);
        watch = started;
        started.start();
    }

    @Override
    public void rewatch() {
        if (watch != null) {
            watch.interrupt();
        }
    }

    @Override
    public boolean watchIsProven() {
        return !closed;
    }

    @Override
    public void timing(Duration ttl, Duration retryTimeout) {
        // Leases are granted with the TTL of each call.
    }

    @Override
    public void close() {
        closed = true;
        if (watch != null) {
            watch.close();
        }
    }

    private <T> DcsOutcome<T> call(Kind kind, String purpose, Duration timeout, Request<T> request) {
        if (closed) {
            return new DcsOutcome.Unavailable<>(purpose + ": the connection is closed");
        }
        CallFate fate = faults.fateOf(new DcsCall(name, kind, purpose));
        return switch (fate.kind()) {
            case PASS -> passed(fate, purpose, timeout, request);
            case UNREACHABLE -> {
                rewatch();
                yield new DcsOutcome.Unavailable<>(purpose + ": connection refused");
            }
            case REQUEST_LOST -> timedOut(purpose, timeout);
            case REPLY_LOST -> {
                request.carryOut();
                yield timedOut(purpose, timeout);
            }
            case RESET -> {
                request.carryOut();
                rewatch();
                yield new DcsOutcome.Unknown<>(purpose + ": the connection broke before the answer");
            }
            case DENIED -> new DcsOutcome.Denied<>(purpose + ": permission denied");
        };
    }

    private <T> DcsOutcome<T> passed(CallFate fate, String purpose, Duration timeout, Request<T> request) {
        if (fate.requestDelay().compareTo(timeout) >= 0) {
            store.later().after(fate.requestDelay(), request::carryOut);
            return timedOut(purpose, timeout);
        }
        pause(fate.requestDelay());
        DcsOutcome<T> outcome = request.carryOut();
        Duration left = timeout.minus(fate.requestDelay());
        if (fate.replyDelay().compareTo(left) >= 0) {
            return timedOut(purpose, left);
        }
        pause(fate.replyDelay());
        return outcome;
    }

    private <T> DcsOutcome<T> timedOut(String purpose, Duration timeout) {
        pause(timeout);
        rewatch();
        return new DcsOutcome.Unknown<>(purpose + ": no answer in " + timeout.toMillis() + " ms");
    }

    private void pause(Duration duration) {
        if (!duration.isZero()) {
            pacer.pause(duration);
        }
    }

    /** What the store does once the request has arrived. */
    @FunctionalInterface
    private interface Request<T> {
        DcsOutcome<T> carryOut();
    }
}
