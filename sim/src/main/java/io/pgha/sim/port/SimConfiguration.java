package io.pgha.sim.port;

import io.pgha.agent.port.Configuration;
import io.pgha.agent.port.MemberIdentity;
import io.pgha.agent.runtime.SettingsMapper;
import io.pgha.config.ConfigCatalog;
import io.pgha.config.ConfigLoader;
import io.pgha.config.DynamicConfig;
import io.pgha.config.EffectiveConfig;
import io.pgha.config.LocalConfig;
import io.pgha.config.Timing;
import io.pgha.config.source.Severity;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Role;
import io.pgha.core.model.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The configuration of one agent: its own part never changes, the cluster's is read from the key {@code config}. */
public final class SimConfiguration implements Configuration {
    private static final int MAJOR_VERSION = 15;
    private static final Map<String, LocalConfig> LOCALS = new ConcurrentHashMap<>();

    private final LocalConfig local;
    private final Tags tags;
    private DynamicConfig dynamic;
    private HaSettings settings;
    private BiConsumer<Duration, Duration> times = (ttl, retryTimeout) -> {};
    private long revision;

    /** @param initial what counts until the DCS tells */
    public SimConfiguration(String name, Tags tags, Map<String, Object> initial) {
        this.local = LOCALS.computeIfAbsent(name, SimConfiguration::load);
        this.tags = tags;
        this.dynamic = new DynamicConfig(initial);
        this.settings = settingsNow();
    }

    /** Whom changed times are told: the DCS is to know them before the next renewal. */
    public void tell(BiConsumer<Duration, Duration> ttlAndRetryTimeout) {
        times = ttlAndRetryTimeout;
    }

    private static LocalConfig load(String name) {
        Map<String, String> environment = Map.ofEntries(
                Map.entry("PATRONI_NAME", name),
                Map.entry("PATRONI_SCOPE", "sim"),
                Map.entry("PATRONI_RESTAPI_LISTEN", name + ":8008"),
                Map.entry("PATRONI_RESTAPI_CONNECT_ADDRESS", name + ":8008"),
                Map.entry("PATRONI_ETCD3_HOSTS", "etcd:2379"),
                Map.entry("PATRONI_POSTGRESQL_LISTEN", name + ":5432"),
                Map.entry("PATRONI_POSTGRESQL_CONNECT_ADDRESS", name + ":5432"),
                Map.entry("PATRONI_POSTGRESQL_DATA_DIR", "/nowhere/" + name),
                Map.entry("PATRONI_SUPERUSER_USERNAME", "postgres"),
                Map.entry("PATRONI_SUPERUSER_PASSWORD", "unused"),
                Map.entry("PATRONI_REPLICATION_USERNAME", "replicator"),
                Map.entry("PATRONI_REPLICATION_PASSWORD", "unused"),
                Map.entry("HOME", "/nowhere"));
        var result = ConfigLoader.load(Optional.empty(), environment);
        return result.config()
                .orElseThrow(() -> new IllegalStateException("the simulated configuration: " + result.errors()));
    }

    private HaSettings settingsNow() {
        EffectiveConfig effective = EffectiveConfig.of(local, dynamic);
        return SettingsMapper.ha(effective, effective.timing(Timing.Limits.PGHA).timing(), MAJOR_VERSION).toBuilder()
                .mayBootstrap(true)
                .tags(tags)
                .build();
    }

    @Override
    public HaSettings settings() {
        return settings;
    }

    @Override
    public MemberIdentity identity() {
        String host = settings.name();
        return new MemberIdentity(
                "postgres://" + host + ":5432/postgres", "http://" + host + ":8008/patroni", "4.1.4", Optional.empty());
    }

    @Override
    public void offer(DynamicConfigKey config) {
        if (!config.valid() || config.modRevision() == revision) {
            return;
        }
        revision = config.modRevision();
        boolean sound = ConfigCatalog.check(config.values()).stream()
                .noneMatch(problem -> problem.severity() == Severity.ERROR);
        if (sound && !config.values().equals(dynamic.raw())) {
            dynamic = new DynamicConfig(config.values());
            settings = settingsNow();
            times.accept(settings.ttl(), settings.retryTimeout());
        }
    }

    @Override
    public boolean isInForce(DynamicConfigKey config) {
        return true;
    }

    @Override
    public Map<String, Object> dynamic() {
        return dynamic.raw();
    }

    @Override
    public void role(Role role) {
        // No parameter depends on the role.
    }
}
