package io.pgha.dcs.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsWorld;
import io.pgha.dcs.kv.Op;
import io.pgha.dcs.kv.Txn;
import io.pgha.dcs.wire.KeyLayout;
import io.pgha.dcs.wire.RawEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A world in virtual time. */
final class MemoryWorld implements DcsWorld {
    final VirtualTime time = new VirtualTime();
    final MemoryStore store = new MemoryStore(time, time);
    private final KeyLayout keys = KeyLayout.of("service", "contract");

    @Override
    public Dcs open(String member) {
        return open(member, DcsFaults.NONE);
    }

    Dcs open(String member, DcsFaults faults) {
        return new InMemoryDcs(store, keys, member, time, time, faults, TTL, RETRY_TIMEOUT);
    }

    @Override
    public KeyLayout keys() {
        return keys;
    }

    @Override
    public void put(String key, byte[] value) {
        assertThat(store.txn(Txn.always(new Op.Put(key, value, 0))).isDone()).isTrue();
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public Optional<RawEntry> raw(String key) {
        return store.dump(key).stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    @Override
    public void revoke(long leaseId) {
        store.revokeLease(leaseId);
    }

    @Override
    public void compact() {
        store.compact();
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            time.pause(Duration.ofMillis(100));
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    @Override
    public void close() {
        // Nothing outlives the test.
    }
}
