package io.pgha.dcs.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.DcsWorld;
import io.pgha.dcs.kv.Op;
import io.pgha.dcs.kv.Snapshot;
import io.pgha.dcs.kv.Txn;
import io.pgha.dcs.wire.KeyLayout;
import io.pgha.dcs.wire.RawEntry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** A prefix of its own on a real etcd. */
final class EtcdWorld implements DcsWorld {
    static final Clock CLOCK = new Clock() {
        @Override
        public MonotonicTime now() {
            return new MonotonicTime(System.nanoTime());
        }

        @Override
        public Instant wall() {
            return Instant.now();
        }
    };

    private static final AtomicInteger SCOPES = new AtomicInteger();

    private final EtcdProcess etcd;
    private final KeyLayout keys = KeyLayout.of("service", "contract-" + SCOPES.incrementAndGet());
    private final EtcdClient admin;
    private final List<Dcs> opened = new ArrayList<>();

    EtcdWorld(EtcdProcess etcd) {
        this.etcd = etcd;
        this.admin = new EtcdClient(settings("admin", List.of(etcd.url()), Optional.empty(), EtcdTls.NONE), CLOCK);
    }

    EtcdSettings settings(String member, List<URI> urls, Optional<EtcdLogin> login, EtcdTls tls) {
        return new EtcdSettings(EtcdEndpoints.of(urls), login, tls, keys, member, TTL, RETRY_TIMEOUT);
    }

    @Override
    public Dcs open(String member) {
        return open(settings(member, List.of(etcd.url()), Optional.empty(), EtcdTls.NONE));
    }

    Dcs open(EtcdSettings settings) {
        Dcs dcs = new EtcdDcs(settings, CLOCK);
        opened.add(dcs);
        return dcs;
    }

    @Override
    public KeyLayout keys() {
        return keys;
    }

    @Override
    public void put(String key, byte[] value) {
        done(admin.txn("put", Txn.always(new Op.Put(key, value, 0)), RETRY_TIMEOUT));
    }

    @Override
    public void delete(String key) {
        done(admin.txn("delete", Txn.always(new Op.Delete(key)), RETRY_TIMEOUT));
    }

    @Override
    public Optional<RawEntry> raw(String key) {
        return read(key).entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst();
    }

    @Override
    public void revoke(long leaseId) {
        etcd.ctl("lease", "revoke", Long.toHexString(leaseId));
    }

    @Override
    public void compact() {
        put(keys.prefix() + "filler", new byte[] {1});
        put(keys.prefix() + "filler", new byte[] {2});
        etcd.ctl("compact", Long.toString(read(keys.prefix()).revision()));
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(condition::getAsBoolean);
    }

    @Override
    public void close() {
        opened.forEach(Dcs::close);
        admin.close();
    }

    private Snapshot read(String prefix) {
        return done(admin.range("read", prefix, RETRY_TIMEOUT));
    }

    private static <T> T done(DcsOutcome<T> outcome) {
        assertThat(outcome).isInstanceOf(DcsOutcome.Done.class);
        return ((DcsOutcome.Done<T>) outcome).value();
    }
}
