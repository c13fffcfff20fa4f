package io.pgha.dcs.memory;

import io.pgha.core.time.Clock;
import io.pgha.dcs.kv.KvClient;
import io.pgha.dcs.kv.KvDcs;
import io.pgha.dcs.wire.KeyLayout;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A {@link io.pgha.dcs.Dcs} on a {@link MemoryStore}. It starts no threads, never sleeps and reads only the clock that it
 * is given: waiting for a lost reply, a delay and the pause between two attempts are {@link Pacer#pause}.
 */
public final class InMemoryDcs extends KvDcs {
    /**
     * @param clock the member's own clock, which may differ from the store's
     * @param ttl TTL of the lease
     * @param retryTimeout the longest that a call takes
     */
    public InMemoryDcs(
            MemoryStore store,
            KeyLayout keys,
            String memberName,
            Clock clock,
            Pacer pacer,
            DcsFaults faults,
            Duration ttl,
            Duration retryTimeout) {
        this(store, keys, memberName, clock, pacer, faults, UnaryOperator.identity(), ttl, retryTimeout);
    }

    /** @param between what stands between it and its connection to the store */
    public InMemoryDcs(
            MemoryStore store,
            KeyLayout keys,
            String memberName,
            Clock clock,
            Pacer pacer,
            DcsFaults faults,
            UnaryOperator<KvClient> between,
            Duration ttl,
            Duration retryTimeout) {
        super(
                between.apply(new MemoryClient(store, memberName, pacer, faults)),
                keys,
                memberName,
                clock,
                pacer::pause,
                ttl,
                retryTimeout);
    }
}
