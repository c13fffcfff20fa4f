package io.pgha.dcs.kv;

import io.pgha.dcs.DcsOutcome;
import java.time.Duration;

/**
 * A connection to a store that has etcd's transactions, leases and watches. No call throws for expected trouble or
 * takes longer than its time-out.
 *
 * <p>Outcomes: {@code Unavailable} may be tried again by the caller, as it was certainly not carried out; {@code Unknown}
 * means that it was sent and no answer came; {@code LeaseLost} that the lease in the request does not exist;
 * {@code Refused} that the store answered with an error that trying again will not cure (no space left); {@code Denied}
 * authentication or permission.
 *
 * <p>The text {@code purpose} says what a request is for; it goes into reasons, and the simulator's faults look at it.
 */
public interface KvClient extends AutoCloseable {
    /** Reads all keys with the prefix in one linearizable read. */
    DcsOutcome<Snapshot> range(String purpose, String prefix, Duration timeout);

    /** Carries out a transaction. */
    DcsOutcome<TxnReply> txn(String purpose, Txn txn, Duration timeout);

    /** Grants a lease; the result is its id, never 0. */
    DcsOutcome<Long> grantLease(String purpose, Duration ttl, Duration timeout);

    /** Prolongs a lease by its whole TTL; {@code LeaseLost} when it does not exist any more. */
    DcsOutcome<Void> keepLease(String purpose, long leaseId, Duration timeout);

    /** How much of a budget one attempt may take, so that other endpoints get their share. */
    Duration attemptTimeout(Duration budget);

    /** Starts the one watch of this client; it establishes itself again after every interruption until {@link #close}. */
    void watch(String prefix, WatchSink sink);

    /** Breaks the watch, so that everything is read again. Does nothing when there is none. */
    void rewatch();

    /** Whether the connection that the watch runs on has answered lately enough for its silence to mean something. */
    boolean watchIsProven();

    /** What the client should know about time; see {@link io.pgha.dcs.Dcs#timing}. */
    void timing(Duration ttl, Duration retryTimeout);

    @Override
    void close();
}
