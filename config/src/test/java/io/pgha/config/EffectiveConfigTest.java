package io.pgha.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.source.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Precedence of facts §2.1. */
class EffectiveConfigTest {

    @TempDir
    private Path directory;

    @Test
    void parametersAreMergedOneByOneAndTheLocalOnesWin() {
        EffectiveConfig config = merge(
                "  parameters: {work_mem: 8MB, log_statement: ddl}\n",
                "{postgresql: {parameters: {work_mem: 4MB, fsync: 'off', archive_mode: on}}}");

        assertThat(config.serverParameters(ServerRole.PRIMARY, 16))
                .containsEntry("work_mem", "8MB")
                .containsEntry("log_statement", "ddl")
                .containsEntry("fsync", "off")
                .containsEntry("archive_mode", "on");
    }

    @Test
    void whatMustFitBetweenNodesComesOnlyFromTheCluster() {
        EffectiveConfig config = merge(
                "  parameters: {max_connections: 999, wal_level: logical, port: 1}\n",
                "{postgresql: {parameters: {max_connections: 50, listen_addresses: '*', cluster_name: x}}}");

        assertThat(config.serverParameters(ServerRole.PRIMARY, 16))
                .containsEntry("max_connections", "50")
                .containsEntry("wal_level", "replica")
                .containsEntry("port", "5432")
                .containsEntry("listen_addresses", "127.0.0.1")
                .containsEntry("cluster_name", "main");
    }

    @Test
    void aClusterWideValueAgainstItsRuleGivesTheDefault() {
        EffectiveConfig config = merge(
                "",
                "{postgresql: {parameters: {max_connections: 5, hot_standby: off, wal_level: minimal,"
                        + " max_wal_senders: junk, wal_keep_size: 1MB}}}");

        assertThat(config.serverParameters(ServerRole.PRIMARY, 16))
                .containsEntry("max_connections", "100")
                .containsEntry("hot_standby", "on")
                .containsEntry("wal_level", "replica")
                .containsEntry("max_wal_senders", "10")
                .containsEntry("wal_keep_size", "128MB");
    }

    @Test
    void keptWalIsTranslatedToTheServersVersion() {
        EffectiveConfig segments = merge("", "{postgresql: {parameters: {wal_keep_segments: 20}}}");
        assertThat(segments.serverParameters(ServerRole.PRIMARY, 12))
                .containsEntry("wal_keep_segments", "20")
                .doesNotContainKey("wal_keep_size");
        assertThat(segments.serverParameters(ServerRole.PRIMARY, 13))
                .containsEntry("wal_keep_size", "320MB")
                .doesNotContainKey("wal_keep_segments");

        EffectiveConfig size = merge("", "{postgresql: {parameters: {wal_keep_size: 1GB}}}");
        assertThat(size.serverParameters(ServerRole.PRIMARY, 11)).containsEntry("wal_keep_segments", "64");
        assertThat(size.serverParameters(ServerRole.PRIMARY, 17)).containsEntry("wal_keep_size", "1GB");
    }

    @Test
    void aRoleHasParametersAndAccessRulesOfItsOwn() {
        EffectiveConfig config = merge(
                "",
                "{postgresql: {parameters: {work_mem: 4MB}, parameters_replica: {work_mem: 64MB, max_connections: 1},"
                        + " pg_hba: [a], pg_hba_replica: [b], pg_ident_primary: [c]}}");

        assertThat(config.serverParameters(ServerRole.PRIMARY, 16)).containsEntry("work_mem", "4MB");
        assertThat(config.serverParameters(ServerRole.REPLICA, 16))
                .containsEntry("work_mem", "64MB")
                .containsEntry("max_connections", "100");
        PostgresqlConfig.Server server = config.postgresql().server();
        assertThat(server.pgHba(ServerRole.PRIMARY)).contains(List.of("a"));
        assertThat(server.pgHba(ServerRole.REPLICA)).contains(List.of("b"));
        assertThat(server.pgIdent(ServerRole.PRIMARY)).contains(List.of("c"));
        assertThat(server.pgIdent(ServerRole.REPLICA)).isEmpty();
    }

    @Test
    void aLocalListReplacesTheClusterWideOneCompletely() {
        assertThat(merge("  pg_hba: [local all all peer]\n", "{postgresql: {pg_hba: [a, b, c]}}")
                        .postgresql()
                        .server()
                        .pgHba(ServerRole.PRIMARY))
                .contains(List.of("local all all peer"));
    }

    @Test
    void someKeysAreNeverTakenFromTheCluster() {
        EffectiveConfig config = merge(
                "",
                "{postgresql: {listen: '*:1', connect_address: 'x:1', proxy_address: 'x:1', data_dir: /evil,"
                        + " config_dir: /evil, pgpass: /evil, authentication: {superuser: {username: evil}}}}");

        PostgresqlConfig postgresql = config.postgresql();
        assertThat(postgresql.listen().port()).isEqualTo(5432);
        assertThat(postgresql.connectAddress()).hasToString("127.0.0.1:5432");
        assertThat(postgresql.proxyAddress()).isEmpty();
        assertThat(postgresql.files().dataDir()).hasToString("/srv/data");
        assertThat(postgresql.files().configDir()).hasToString("/srv/data");
        assertThat(postgresql.files().pgpass().toString()).endsWith("pgpass").doesNotContain("evil");
        assertThat(postgresql.authentication().superuser().username()).contains("postgres");
    }

    @Test
    void useSlotsComesOnlyFromTheCluster() {
        assertThat(merge("  use_slots: false\n", "{}").postgresql().server().useSlots())
                .isTrue();
        assertThat(merge("  use_slots: true\n", "{postgresql: {use_slots: false}}")
                        .postgresql()
                        .server()
                        .useSlots())
                .isFalse();
    }

    @Test
    void otherKeysComeFromTheClusterUnlessTheNodeHasThem() {
        EffectiveConfig config = merge(
                "  pre_promote: /local\n",
                "{postgresql: {pre_promote: /cluster, before_stop: /cluster, use_pg_rewind: true,"
                        + " pg_ctl_timeout: 90, callbacks: {on_start: /cluster},"
                        + " create_replica_methods: [own], own: {command: /own, threads: 4}}}");

        assertThat(config.postgresql().hooks().prePromote()).contains("/local");
        assertThat(config.postgresql().hooks().beforeStop()).contains("/cluster");
        assertThat(config.postgresql().hooks().callbacks()).containsOnly(Map.entry("on_start", "/cluster"));
        assertThat(config.postgresql().rewinding().usePgRewind()).isTrue();
        assertThat(config.postgresql().pgCtlTimeout()).hasSeconds(90);
        assertThat(config.postgresql().copying().methods()).singleElement().satisfies(method -> {
            assertThat(method.command()).isEqualTo("/own");
            assertThat(method.arguments()).containsOnly(Map.entry("threads", "4"));
        });
    }

    private EffectiveConfig merge(String localPostgresql, String dynamicYaml) {
        LocalConfig local = Configs.load(directory, Configs.MINIMAL + localPostgresql)
                .config()
                .orElseThrow();
        return EffectiveConfig.of(
                local,
                new DynamicConfig(
                        Yaml.read("test", dynamicYaml, new ArrayList<>()).values()));
    }
}
