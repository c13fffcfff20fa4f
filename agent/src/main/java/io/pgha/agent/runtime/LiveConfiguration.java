package io.pgha.agent.runtime;

import io.pgha.agent.port.Configuration;
import io.pgha.agent.port.MemberIdentity;
import io.pgha.agent.watchdog.Watchdog;
import io.pgha.config.ConfigCatalog;
import io.pgha.config.DynamicConfig;
import io.pgha.config.EffectiveConfig;
import io.pgha.config.LocalConfig;
import io.pgha.config.ServerRole;
import io.pgha.config.Timing;
import io.pgha.config.source.Problem;
import io.pgha.config.source.Severity;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Role;
import io.pgha.core.model.ShortestTtl;
import io.pgha.dcs.Dcs;
import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.Postgres;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in force: local and cluster-wide, applied to PostgreSQL and the DCS whenever one of them, or the role, changes
 * (facts §2.1, §2.13). Belongs to the loop's thread, but for {@link #callbacks} and {@link #loopWait}.
 */
final class LiveConfiguration implements Configuration {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConfiguration.class);

    /** What peers are told; they and the tools decide by it what we can do. */
    private static final String WIRE_VERSION = "4.1.4";

    private final Timing.Limits own;
    private Timing.Limits limits;
    private final int majorVersion;
    private volatile EffectiveConfig config;
    private volatile HaSettings settings;
    private volatile Watchdog.Plan plan = Watchdog.Plan.NONE;
    private ServerRole role = ServerRole.REPLICA;
    private boolean feedsLogicalSlots;
    private OptionalLong revision = OptionalLong.empty();
    private List<String> adjustments = List.of();
    /** What was said of the last cluster-wide configuration, so that another change does not bring it up again. */
    private List<String> warned = List.of();

    private boolean configured;
    private Optional<String> complaint = Optional.empty();
    private BiConsumer<String, Set<String>> changes = (why, keys) -> {};
    private Consumer<Role> reloaded = current -> {};
    private @Nullable Postgres postgres;
    private @Nullable Dcs dcs;

    /**
     * @param local this node's configuration
     * @param dynamic what counts until the DCS tells: the cached one, else {@code bootstrap.dcs}
     * @param limits the shortest times that are accepted
     * @param majorVersion of the server, for example 15
     */
    LiveConfiguration(LocalConfig local, DynamicConfig dynamic, Timing.Limits limits, int majorVersion) {
        this.own = limits;
        this.limits = limits;
        this.majorVersion = majorVersion;
        this.config = EffectiveConfig.of(local, dynamic);
        this.settings = settingsOf(config);
    }

    /** Says whom to tell of changes, from now on. */
    void tell(Postgres server, Dcs store) {
        postgres = server;
        dcs = store;
    }

    /** Says who is to hear of each change: why it came, and the cluster-wide keys that differ. */
    void changes(BiConsumer<String, Set<String>> listener) {
        changes = listener;
    }

    /** Says whom to tell, with the role, when PostgreSQL has read changed files. */
    void onReload(Consumer<Role> listener) {
        reloaded = listener;
    }

    @Override
    public HaSettings settings() {
        return settings;
    }

    @Override
    public MemberIdentity identity() {
        LocalConfig local = config.local();
        String database = config.postgresql().database();
        return new MemberIdentity(
                "postgres://" + config.postgresql().connectAddress() + "/" + database,
                local.restApi().apiUrl(),
                WIRE_VERSION,
                config.postgresql().proxyAddress().map(address -> "postgres://" + address + "/" + database));
    }

    @Override
    public void offer(DynamicConfigKey key) {
        if (!key.valid() || revision.equals(OptionalLong.of(key.modRevision()))) {
            return;
        }
        String why = revision.isPresent()
                ? "the cluster-wide configuration changed"
                : "the cluster-wide configuration was read";
        revision = OptionalLong.of(key.modRevision());
        if (!isUsable(key)) {
            return;
        }
        DynamicConfig dynamic = new DynamicConfig(key.values());
        if (!key.values().equals(config.dynamic().raw())) {
            change(config.local(), dynamic, why);
        }
    }

    @Override
    public boolean isInForce(DynamicConfigKey key) {
        return key.valid() && key.values().equals(config.dynamic().raw());
    }

    @Override
    public void among(ClusterView view) {
        String me = settings.name();
        boolean beside = ShortestTtl.isTooShortForOne(view, me, own.ttl());
        // Where nobody like that was seen, one that is gone is no reason to change the times in the middle of a
        // failover.
        boolean perhaps = limits != own && ShortestTtl.someAreMissing(view, me);
        Timing.Limits wanted = beside || perhaps ? Timing.Limits.PATRONI : own;
        if (wanted != limits) {
            limits = wanted;
            change(
                    config.local(),
                    config.dynamic(),
                    wanted == own
                            ? "all members obey every ttl from " + own.ttl() + " s on"
                            : "a member of the cluster may obey no ttl below 20 s: that is the shortest for all");
        }
    }

    @Override
    public Duration shortestTtl() {
        return Duration.ofSeconds(own.ttl());
    }

    /** One wrong value makes all of it suspect: the last good configuration stays in force until somebody mends it. */
    private boolean isUsable(DynamicConfigKey key) {
        Map<Boolean, List<Problem>> problems = ConfigCatalog.check(key.values()).stream()
                .collect(Collectors.partitioningBy(problem -> problem.severity() == Severity.ERROR));
        List<String> doubts = problems.getOrDefault(false, List.of()).stream()
                .map(Problem::withoutSeverity)
                .toList();
        doubts.stream().filter(line -> !warned.contains(line)).forEach(line -> LOG.warn("{}", line));
        warned = doubts;
        List<Problem> errors = problems.getOrDefault(true, List.of());
        errors.forEach(problem -> LOG.error("{}", problem.withoutSeverity()));
        if (!errors.isEmpty()) {
            LOG.error("the cluster-wide configuration in the DCS is not used, the last good one stays in force;"
                    + " mend it with hactl edit-config");
        }
        complaint = errors.stream()
                .findFirst()
                .map(problem -> "the cluster-wide configuration in etcd is not used, the last good one stays in force: "
                        + problem.withoutSeverity());
        return errors.isEmpty();
    }

    @Override
    public Optional<String> complaint() {
        return complaint;
    }

    @Override
    public Map<String, Object> dynamic() {
        return config.dynamic().raw();
    }

    @Override
    public void role(Role current) {
        ServerRole wanted = serverRole(current);
        if (wanted != role || !configured) {
            role = wanted;
            configurePostgres();
        }
    }

    @Override
    public void feedsLogicalSlots(boolean feeds) {
        if (feeds != feedsLogicalSlots) {
            feedsLogicalSlots = feeds;
            configurePostgres();
        }
    }

    /** Takes a local configuration over that was read again. */
    void reload(LocalConfig local) {
        change(local, config.dynamic(), "the configuration was read again");
    }

    LocalConfig local() {
        return config.local();
    }

    /** Whether {@link #dynamic} came from the DCS. */
    boolean seenInDcs() {
        return revision.isPresent();
    }

    /** The operator's callbacks by event. Any thread. */
    Map<String, String> callbacks() {
        return config.postgresql().hooks().callbacks();
    }

    /** The longest that the loop sleeps. Any thread. */
    Duration loopWait() {
        return settings.loopWait();
    }

    /** What PostgreSQL is to be like now. */
    PostgresSettings postgresSettings() {
        return SettingsMapper.postgres(
                config,
                role,
                majorVersion,
                feedsLogicalSlots ? LogicalSlotNeeds.ofUpstream(config) : LogicalSlotNeeds.ofCarrier(config));
    }

    private void change(LocalConfig local, DynamicConfig dynamic, String why) {
        EffectiveConfig before = config;
        HaSettings settingsBefore = settings;
        try {
            EffectiveConfig changed = EffectiveConfig.of(local, dynamic);
            settings = settingsOf(changed);
            config = changed;
            configurePostgres();
            tellDcs(settingsBefore);
            LOG.info("{}", why);
            changes.accept(why, difference(before.dynamic().raw(), dynamic.raw()));
        } catch (RuntimeException e) {
            // One that we cannot digest must not take a working node down (facts §2.1).
            config = before;
            settings = settingsBefore;
            LOG.error("{}, but cannot be applied; the last one stays in force", why, e);
        }
    }

    private static Set<String> difference(Map<String, Object> before, Map<String, Object> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return keys;
    }

    private HaSettings settingsOf(EffectiveConfig effective) {
        HaSettings plain = SettingsMapper.ha(effective, timing(effective), majorVersion);
        plan = WatchdogPlans.of(effective.local().watchdog(), plain);
        return plain.toBuilder().watchdogMargin(WatchdogPlans.margin(plan)).build();
    }

    /** What is wanted of the watchdog device. Any thread. */
    Watchdog.Plan watchdog() {
        return plan;
    }

    private void tellDcs(HaSettings before) {
        Duration ttl = settings.ttl();
        Duration retry = settings.retryTimeout();
        if (dcs != null && !(ttl.equals(before.ttl()) && retry.equals(before.retryTimeout()))) {
            dcs.timing(ttl, retry);
        }
    }

    private void configurePostgres() {
        if (postgres != null) {
            configured = true;
            Result result = postgres.configure(postgresSettings(), ConfigRole.valueOf(role.name()));
            if (result.succeeded() && result.message().equals(Postgres.RELOADED)) {
                reloaded.accept(Role.valueOf(role.name()));
            }
            if (!result.succeeded()) {
                LOG.warn("PostgreSQL could not be configured: {}", result.message());
            }
        }
    }

    private Timing timing(EffectiveConfig effective) {
        Timing.Enforced enforced = effective.timing(limits);
        if (!enforced.adjustments().equals(adjustments)) {
            adjustments = enforced.adjustments();
            adjustments.forEach(adjustment -> LOG.warn("{}", adjustment));
        }
        return enforced.timing();
    }

    private static ServerRole serverRole(Role role) {
        return switch (role) {
            case PRIMARY, PROMOTED -> ServerRole.PRIMARY;
            case STANDBY_LEADER -> ServerRole.STANDBY_LEADER;
            case REPLICA, DEMOTED, UNINITIALIZED -> ServerRole.REPLICA;
        };
    }

    /** What counts before the DCS has told (facts §2.1). */
    static DynamicConfig beforeTheDcs(LocalConfig local, DynamicConfigCache cache) {
        Optional<DynamicConfig> kept = cache.read().map(DynamicConfig::new);
        return kept.or(() -> local.bootstrap().map(bootstrap -> bootstrap.dcs()))
                .orElse(DynamicConfig.EMPTY);
    }
}
