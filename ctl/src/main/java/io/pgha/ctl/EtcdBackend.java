package io.pgha.ctl;

import io.pgha.config.ClientConfig;
import io.pgha.config.CtlConfig;
import io.pgha.config.EtcdConfig;
import io.pgha.core.event.Event;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.etcd.EtcdDcs;
import io.pgha.dcs.etcd.EtcdEndpoints;
import io.pgha.dcs.etcd.EtcdLogin;
import io.pgha.dcs.etcd.EtcdSettings;
import io.pgha.dcs.etcd.EtcdTls;
import io.pgha.dcs.wire.KeyLayout;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The real world: etcd, and members over HTTP. */
final class EtcdBackend implements Backend {
    /** Half of what an agent waits: a person sits there. */
    private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(5);

    @Override
    public ClusterStore store(EtcdConfig etcd, ClientConfig config, String namespace) {
        return new EtcdStore(etcd, config, namespace);
    }

    @Override
    public MemberClient members(CtlConfig config) {
        return new HttpMembers(config);
    }

    /** One connection for each cluster that is asked for: mostly one. */
    private static final class EtcdStore implements ClusterStore {
        private final EtcdConfig etcd;
        private final ClientConfig config;
        private final String namespace;
        private final Map<String, Dcs> clusters = new HashMap<>();

        EtcdStore(EtcdConfig etcd, ClientConfig config, String namespace) {
            this.etcd = etcd;
            this.config = config;
            this.namespace = namespace;
        }

        @Override
        public ClusterView read(String cluster) {
            DcsOutcome<ClusterView> outcome = dcs(cluster).read();
            if (outcome instanceof DcsOutcome.Done<ClusterView> done) {
                return done.value();
            }
            throw new DcsSilentException("etcd (" + where() + ") cannot be read: " + outcome.reason());
        }

        @Override
        public void writeFailover(String cluster, FailoverRequest request) {
            mustBeDone("failover", dcs(cluster).writeFailover(request, OptionalLong.empty()));
        }

        @Override
        public boolean writeConfig(String cluster, Map<String, Object> config, long modRevision) {
            DcsOutcome<Void> outcome = dcs(cluster).writeConfig(config, OptionalLong.of(modRevision));
            if (outcome instanceof DcsOutcome.Refused<Void>) {
                return false;
            }
            mustBeDone("config", outcome);
            return true;
        }

        @Override
        public Map<String, List<Event>> events(String cluster) {
            DcsOutcome<Map<String, List<Event>>> outcome = dcs(cluster).readEvents();
            if (outcome instanceof DcsOutcome.Done<Map<String, List<Event>>> done) {
                return done.value();
            }
            throw new DcsSilentException("etcd (" + where() + ") cannot be read: " + outcome.reason());
        }

        @Override
        public void remove(String cluster) {
            mustBeDone("the removal", dcs(cluster).removeCluster());
        }

        private void mustBeDone(String what, DcsOutcome<Void> outcome) {
            if (!outcome.isDone()) {
                throw new CtlException(what + " cannot be written to etcd (" + where() + "): " + outcome.reason());
            }
        }

        private Dcs dcs(String cluster) {
            if (cluster.isEmpty() || cluster.contains("/")) {
                throw new CtlException("\"" + cluster + "\" is no name of a cluster");
            }
            return clusters.computeIfAbsent(cluster, name -> new EtcdDcs(settings(name), MACHINE));
        }

        private EtcdSettings settings(String cluster) {
            boolean srv = etcd.discovery() instanceof EtcdConfig.Srv;
            String scope =
                    config.citus().map(citus -> cluster + "/" + citus.group()).orElse(cluster);
            return new EtcdSettings(
                    new EtcdEndpoints(
                            etcd.endpoints().stream().map(URI::create).toList(),
                            srv ? Optional.of(((EtcdConfig.Srv) etcd.discovery()).domain()) : Optional.empty(),
                            srv ? ((EtcdConfig.Srv) etcd.discovery()).suffix() : Optional.empty(),
                            !etcd.useProxies()),
                    etcd.credentials()
                            .map(login -> new EtcdLogin(
                                    login.username(), login.password().revealed())),
                    new EtcdTls(
                            etcd.tls().cacert(), etcd.tls().cert(), etcd.tls().key()),
                    KeyLayout.of(namespace, scope),
                    "",
                    RETRY_TIMEOUT,
                    RETRY_TIMEOUT);
        }

        private String where() {
            return etcd.endpoints().isEmpty() ? "found by DNS" : String.join(", ", etcd.endpoints());
        }

        @Override
        public void close() {
            clusters.values().forEach(Dcs::close);
        }
    }

    private static final Clock MACHINE = new Clock() {
        @Override
        public MonotonicTime now() {
            return new MonotonicTime(System.nanoTime());
        }

        @Override
        public Instant wall() {
            return Instant.now();
        }
    };
}
