package io.pgha.dcs.kv;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.wire.RawEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Carries out transactions within the budget of a call, and tells the copy of the keys what they wrote. */
final class Writer {
    private final KvClient client;
    private final WatchedCluster watched;
    private final Clock clock;
    private final Consumer<Duration> pacer;
    private volatile Duration budget = Duration.ZERO;

    Writer(KvClient client, WatchedCluster watched, Clock clock, Consumer<Duration> pacer) {
        this.client = client;
        this.watched = watched;
        this.clock = clock;
        this.pacer = pacer;
    }

    void budget(Duration newBudget) {
        budget = newBudget;
    }

    /** Monotonic time of this member. */
    MonotonicTime now() {
        return clock.now();
    }

    /** The attempts of a new call. */
    Attempts attempts() {
        return new Attempts(clock, pacer, budget, client.attemptTimeout(budget));
    }

    /** Carries the step out without a condition; the result is its revision. */
    DcsOutcome<Long> always(String purpose, Op op) {
        return put(attempts(), purpose, op);
    }

    /** The same within the budget of a call that has begun already. */
    DcsOutcome<Long> put(Attempts attempts, String purpose, Op op) {
        return Outcomes.then(
                repeat(attempts, purpose, Txn.always(op)), reply -> new DcsOutcome.Done<>(reply.revision()));
    }

    /** Creates a key that must be absent. */
    DcsOutcome<Void> create(Attempts attempts, String purpose, Op.Put put, Predicate<RawEntry> isOurs) {
        return guarded(attempts, purpose, new Compare.CreateRevision(put.key(), 0), put, isOurs);
    }

    /**
     * Writes under a condition.
     *
     * @param isOurs whether what stands there instead is what we meant to write, so that an earlier attempt whose reply
     *     was lost did it
     */
    DcsOutcome<Void> guarded(
            Attempts attempts, String purpose, Compare compare, Op.Put put, Predicate<RawEntry> isOurs) {
        return Outcomes.then(repeat(attempts, purpose, Txn.when(compare, put)), reply -> {
            if (reply.succeeded() || reply.got().filter(isOurs).isPresent()) {
                return DcsOutcome.done();
            }
            return new DcsOutcome.Refused<>(reply.got()
                    .map(entry -> put.key() + " is there already: \"" + Quoted.text(entry) + "\"")
                    .orElse(put.key() + " is gone"));
        });
    }

    /**
     * Carries the step out if the key still has the revision. Not repeated when the reply is lost: the second attempt
     * could not tell our own write from somebody else's.
     */
    DcsOutcome<Long> atRevision(String purpose, String key, Op op, OptionalLong revision) {
        if (revision.isEmpty()) {
            return always(purpose, op);
        }
        return atRevision(purpose, new Compare.ModRevision(key, revision.getAsLong()), List.of(), op);
    }

    /** The same under more conditions. */
    DcsOutcome<Long> atRevision(String purpose, Compare.ModRevision expected, List<Compare> more, Op op) {
        List<Compare> conditions = new ArrayList<>(List.of(expected));
        conditions.addAll(more);
        Txn txn = new Txn(conditions, List.of(op), List.of(new Op.Get(expected.key())));
        DcsOutcome<TxnReply> outcome = attempts().once(timeout -> send(purpose, txn, timeout));
        return Outcomes.then(outcome, reply -> {
            if (reply.succeeded()) {
                return new DcsOutcome.Done<>(reply.revision());
            }
            // Our copy may be what is out of date (facts §1.5a).
            client.rewatch();
            long found = reply.got().map(RawEntry::modRevision).orElse(0L);
            return new DcsOutcome.Refused<>(
                    found == expected.revision()
                            ? purpose + ": the leader lock is not held"
                            : expected.key() + " was changed by somebody else: it is at revision " + found
                                    + ", expected " + expected.revision());
        });
    }

    /** Carries a transaction out that may be repeated. */
    DcsOutcome<TxnReply> repeat(Attempts attempts, String purpose, Txn txn) {
        return attempts.repeat(timeout -> send(purpose, txn, timeout));
    }

    private DcsOutcome<TxnReply> send(String purpose, Txn txn, Duration timeout) {
        DcsOutcome<TxnReply> outcome = client.txn(purpose, txn, timeout);
        if (outcome instanceof DcsOutcome.Done<TxnReply> done) {
            record(txn, done.value());
        } else if (outcome instanceof DcsOutcome.Unknown) {
            doubt(txn);
        }
        return outcome;
    }

    private void record(Txn txn, TxnReply reply) {
        List<Op> done = reply.succeeded() ? txn.then() : txn.otherwise();
        if (done.stream().anyMatch(op -> !(op instanceof Op.Get) && !(op instanceof Op.Nested))) {
            watched.wrote(done, reply.revision());
        }
        for (Op op : done) {
            if (op instanceof Op.Nested nested) {
                reply.nested()
                        .ifPresent(inner -> record(
                                nested.txn(), new TxnReply(inner.succeeded(), reply.revision(), inner.replies())));
            }
        }
    }

    private void doubt(Txn txn) {
        watched.doubt(txn.then());
        watched.doubt(txn.otherwise());
        for (Op op : txn.otherwise()) {
            if (op instanceof Op.Nested nested) {
                doubt(nested.txn());
            }
        }
    }
}
