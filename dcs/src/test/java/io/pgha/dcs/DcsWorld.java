package io.pgha.dcs;

import io.pgha.dcs.wire.KeyLayout;
import io.pgha.dcs.wire.RawEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A store with clients, in which the contract of {@link Dcs} is tested. Each world has its own, empty, prefix. */
public interface DcsWorld extends AutoCloseable {
    /** The TTL of leases in this world: short, so that expiry can be waited for. */
    Duration TTL = Duration.ofSeconds(3);

    /** The budget of one call. */
    Duration RETRY_TIMEOUT = Duration.ofSeconds(5);

    /** A client for this member; closed with the world. */
    Dcs open(String member);

    KeyLayout keys();

    /** Writes a key past all clients, without a lease. */
    void put(String key, byte[] value);

    /** Deletes a key past all clients. */
    void delete(String key);

    /** A key as it stands in the store. */
    Optional<RawEntry> raw(String key);

    /** Ends the lease at once. */
    void revoke(long leaseId);

    /** Throws old revisions away, after making sure that there are some. */
    void compact();

    /** Waits until the condition holds; fails after a time that is enough for leases to expire. */
    void await(String what, BooleanSupplier condition);

    @Override
    void close();
}
