package io.pgha.agent.runtime;

import io.pgha.config.EtcdConfig;
import io.pgha.config.LocalConfig;
import io.pgha.core.model.HaSettings;
import io.pgha.core.time.Clock;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.etcd.EtcdDcs;
import io.pgha.dcs.etcd.EtcdEndpoints;
import io.pgha.dcs.etcd.EtcdLogin;
import io.pgha.dcs.etcd.EtcdSettings;
import io.pgha.dcs.etcd.EtcdTls;
import io.pgha.dcs.wire.KeyLayout;
import io.pgha.postgres.Postgres;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.local.LocalPostgres;
import java.net.URI;
import java.util.Optional;

/** etcd, and the PostgreSQL of this machine. */
final class RealBackends implements Backends {
    private final Clock clock;

    RealBackends(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Dcs dcs(LocalConfig config, HaSettings settings) {
        return new EtcdDcs(
                new EtcdSettings(
                        endpoints(config.etcd()),
                        config.etcd()
                                .credentials()
                                .map(login -> new EtcdLogin(
                                        login.username(), login.password().revealed())),
                        new EtcdTls(
                                config.etcd().tls().cacert(),
                                config.etcd().tls().cert(),
                                config.etcd().tls().key()),
                        KeyLayout.of(config.namespace(), group(config)),
                        config.name(),
                        settings.ttl(),
                        settings.retryTimeout()),
                clock);
    }

    /** A Citus group has keys of its own below the scope (facts §1.2). */
    private static String group(LocalConfig config) {
        return config.citus().map(citus -> config.scope() + "/" + citus.group()).orElse(config.scope());
    }

    private static EtcdEndpoints endpoints(EtcdConfig etcd) {
        if (etcd.discovery() instanceof EtcdConfig.Srv srv) {
            return new EtcdEndpoints(java.util.List.of(), Optional.of(srv.domain()), srv.suffix(), !etcd.useProxies());
        }
        return new EtcdEndpoints(
                etcd.endpoints().stream().map(URI::create).toList(),
                Optional.empty(),
                Optional.empty(),
                !etcd.useProxies());
    }

    @Override
    public Postgres postgres(LocalConfig config, PostgresSettings settings) {
        return new LocalPostgres(settings);
    }
}
