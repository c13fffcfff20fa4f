package io.pgha.agent.runtime;

import io.pgha.config.Authentication;
import io.pgha.config.BootstrapConfig;
import io.pgha.config.CommandOptions;
import io.pgha.config.DynamicConfig;
import io.pgha.config.EffectiveConfig;
import io.pgha.config.LocalConfig;
import io.pgha.config.PostgresqlConfig;
import io.pgha.config.ServerRole;
import io.pgha.config.Timing;
import io.pgha.config.value.Secret;
import io.pgha.config.value.Values;
import io.pgha.core.model.AckPosition;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncNames;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.Tags;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.PostgresSettings.BootstrapSettings;
import io.pgha.postgres.PostgresSettings.BootstrapUser;
import io.pgha.postgres.PostgresSettings.Credentials;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what the operator wrote in the words of the core and of the module postgres. */
public final class SettingsMapper {
    private SettingsMapper() {}

    /**
     * What the decisions have to know.
     *
     * @param timing the times in force
     * @param majorVersion of the server, for example 15
     */
    public static HaSettings ha(EffectiveConfig config, Timing timing, int majorVersion) {
        LocalConfig local = config.local();
        DynamicConfig dynamic = config.dynamic();
        PostgresqlConfig postgresql = config.postgresql();
        return HaSettings.defaults(local.name(), local.scope()).toBuilder()
                .ttl(timing.ttl())
                .loopWait(timing.loopWait())
                .retryTimeout(timing.retryTimeout())
                .maximumLagOnFailover(dynamic.maximumLagOnFailover())
                .checkTimeline(
                        dynamic.checkTimeline() && dynamic.standbyCluster().isEmpty())
                .primaryStartTimeout(dynamic.primaryStartTimeout())
                .primaryStopTimeout(dynamic.primaryStopTimeout())
                .maxTimelinesHistory(dynamic.maxTimelinesHistory())
                .memberSlotsTtl(dynamic.memberSlotsTtl())
                .mayBootstrap(local.bootstrap().isPresent())
                .standbyCluster(StandbyClusterMapper.source(config))
                .leaderlessReplicaMethod(leaderlessMethod(config))
                .useSlots(postgresql.server().useSlots())
                .permanentSlots(dynamic.permanentSlots())
                .ignoredSlots(dynamic.ignoreSlots())
                .removeOnRewindFailure(postgresql.rewinding().removeDataDirectoryOnRewindFailure())
                .removeOnDivergedTimelines(postgresql.rewinding().removeDataDirectoryOnDivergedTimelines())
                .paused(dynamic.paused())
                .failsafeMode(dynamic.failsafeMode())
                .sync(sync(config, majorVersion))
                .tags(new Tags(local.tags().effective()))
                .build();
    }

    private static SyncSettings sync(EffectiveConfig config, int majorVersion) {
        DynamicConfig dynamic = config.dynamic();
        String own =
                config.serverParameters(ServerRole.PRIMARY, majorVersion).getOrDefault("synchronous_standby_names", "");
        SyncMode mode = switch (dynamic.synchronousMode()) {
            case OFF -> SyncMode.OFF;
            case ON -> SyncMode.PRIORITY;
            case QUORUM -> SyncMode.QUORUM;
        };
        return new SyncSettings(
                // A standby cluster has nobody who commits (facts §5.18).
                dynamic.standbyCluster().isPresent() ? SyncMode.OFF : mode,
                dynamic.synchronousModeStrict(),
                dynamic.synchronousNodeCount(),
                dynamic.maximumLagOnSyncnode(),
                AckPosition.FLUSHED,
                SyncNames.parse(own).orElse(SyncNames.OFF));
    }

    private static boolean leaderlessMethod(EffectiveConfig config) {
        return config.dynamic()
                .standbyCluster()
                .map(cluster -> StandbyClusterMapper.leaderlessMethod(config, cluster))
                .orElseGet(() -> config.postgresql().copying().methods().stream()
                        .anyMatch(PostgresqlConfig.ReplicaMethod::noLeader));
    }

    /**
     * What the module postgres has to know.
     *
     * @param majorVersion of the server, for example 15
     * @param forced parameters that count whatever the operator wrote
     */
    static PostgresSettings postgres(
            EffectiveConfig config, ServerRole role, int majorVersion, Map<String, String> forced) {
        Map<String, String> parameters = new LinkedHashMap<>(config.serverParameters(role, majorVersion));
        parameters.putAll(forced);
        LocalConfig local = config.local();
        PostgresqlConfig postgresql = config.postgresql();
        PostgresqlConfig.Files files = postgresql.files();
        Authentication authentication = postgresql.authentication();
        return new PostgresSettings(
                local.name(),
                local.scope(),
                files.dataDir(),
                files.configDir(),
                files.configBaseName(),
                files.binDir().orElse(Path.of("")),
                files.binNames(),
                postgresql.listen().listenAddresses(),
                postgresql.listen().port(),
                postgresql.connectAddress().toString(),
                postgresql.database(),
                postgresql.connections().unixSocket(),
                postgresql.connections().unixSocketForReplication(),
                files.pgpass(),
                credentials(authentication.superuser()),
                credentials(authentication.replication()),
                credentials(authentication.rewindRole(majorVersion)),
                postgresql.connections().krbsrvname().orElse(""),
                parameters,
                postgresql.server().pgHba(role),
                postgresql.server().pgIdent(role),
                files.customConf().map(Path::of),
                postgresql.server().recoveryConf(),
                StandbyClusterMapper.postgres(config),
                postgresql.server().useSlots(),
                postgresql.rewinding().usePgRewind(),
                postgresql.rewinding().options().arguments(),
                postgresql.rewinding().rejoinTimeout(),
                postgresql.pgCtlTimeout(),
                postgresql.copying().methods().stream()
                        .map(PostgresqlConfig.ReplicaMethod::name)
                        .toList(),
                methods(config),
                postgresql.copying().basebackup().arguments(),
                postgresql.hooks().prePromote(),
                postgresql.hooks().beforeStop(),
                bootstrap(local));
    }

    private static Map<String, Map<String, Object>> methods(EffectiveConfig config) {
        Set<String> names = new LinkedHashSet<>();
        config.postgresql().copying().methods().stream()
                .filter(method -> !method.basebackup())
                .map(PostgresqlConfig.ReplicaMethod::name)
                .forEach(names::add);
        config.dynamic().standbyCluster().ifPresent(cluster -> names.addAll(cluster.createReplicaMethods()));
        Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
        for (String name : names) {
            Map<String, Object> section =
                    written(config.postgresql().server().section().section(name));
            if (!name.equals("basebackup") || section.containsKey("command")) {
                sections.put(name, section);
            }
        }
        return sections;
    }

    private static BootstrapSettings bootstrap(LocalConfig local) {
        Optional<BootstrapConfig> config = local.bootstrap();
        Optional<String> method = config.flatMap(BootstrapConfig::custom).map(BootstrapConfig.Method::name);
        Values section = local.values().section("bootstrap");
        return new BootstrapSettings(
                method,
                method.map(name -> written(section.section(name))).orElse(Map.of()),
                config.map(BootstrapConfig::initdb)
                        .map(CommandOptions::arguments)
                        .orElse(List.of()),
                config.map(BootstrapConfig::pgHba).orElse(List.of()),
                config.flatMap(BootstrapConfig::postBootstrap),
                config.map(BootstrapConfig::users).orElse(List.of()).stream()
                        .map(SettingsMapper::user)
                        .toList());
    }

    private static BootstrapUser user(BootstrapConfig.User user) {
        return new BootstrapUser(
                user.name(), user.password().map(Secret::revealed).orElse(""), user.options());
    }

    private static Credentials credentials(Authentication.Role role) {
        Map<String, String> options = new LinkedHashMap<>(role.parameters());
        role.sslpassword().ifPresent(password -> options.put("sslpassword", password.revealed()));
        return new Credentials(
                role.username().orElse(""),
                role.password().map(Secret::revealed).orElse(""),
                options);
    }

    private static Map<String, Object> written(Values section) {
        Map<String, Object> result = new LinkedHashMap<>();
        section.map().forEach((key, value) -> {
            if (value != null) {
                result.put(key, value);
            }
        });
        return result;
    }
}
