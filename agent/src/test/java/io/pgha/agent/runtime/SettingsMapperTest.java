package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.DynamicConfig;
import io.pgha.config.EffectiveConfig;
import io.pgha.config.LocalConfig;
import io.pgha.config.ServerRole;
import io.pgha.config.Timing;
import io.pgha.core.model.AckPosition;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncNames;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.PostgresSettings;
import io.pgha.restapi.RestSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsMapperTest {
    @TempDir
    private Path folder;

    @Test
    void timesLimitsAndTagsReachTheDecisions() {
        HaSettings settings = ha(
                new TestConfig(folder).with("tags: {nofailover: true, clonefrom: false, datacenter: a}"),
                Map.of(
                        "ttl", 40,
                        "loop_wait", 5,
                        "retry_timeout", 8,
                        "maximum_lag_on_failover", 77,
                        "check_timeline", true,
                        "slots", Map.of("other", Map.of("type", "physical")),
                        "ignore_slots", List.of(Map.of("name", "mine", "type", "physical"), Map.of("plugin", "x"))));
        assertThat(settings.name()).isEqualTo("pg0");
        assertThat(settings.ttl()).isEqualTo(Duration.ofSeconds(40));
        assertThat(settings.loopWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.retryTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.maximumLagOnFailover()).isEqualTo(77);
        assertThat(settings.checkTimeline()).isTrue();
        assertThat(settings.mayBootstrap()).isTrue();
        assertThat(settings.permanentSlots()).containsOnlyKeys("other");
        assertThat(settings.ignoredSlots()).hasSize(2);
        assertThat(settings.tags().nofailover()).isTrue();
        assertThat(settings.tags().values()).containsOnlyKeys("nofailover", "datacenter");
    }

    @Test
    void aMethodThatNeedsNoLeaderIsKnownToTheDecisions() {
        TestConfig config = new TestConfig(folder)
                .postgresql(
                        "create_replica_methods: [wal_e, basebackup]\nwal_e: {command: /bin/fetch, no_leader: true}");
        assertThat(ha(config, Map.of()).leaderlessReplicaMethod()).isTrue();
        PostgresSettings settings = postgres(config, Map.of(), ServerRole.REPLICA);
        assertThat(settings.createReplicaMethods()).containsExactly("wal_e", "basebackup");
        assertThat(settings.methods()).containsOnlyKeys("wal_e");
        assertThat(settings.methods().get("wal_e")).containsEntry("command", "/bin/fetch");
    }

    @Test
    void aStandbyClusterIsTranslated() {
        TestConfig config = new TestConfig(folder).postgresql("fetch: {command: /bin/fetch, no_leader: true}");
        Map<String, Object> dynamic = Map.of(
                "check_timeline",
                true,
                "standby_cluster",
                Map.of(
                        "host",
                        "10.1.0.1, fe80::1",
                        "port",
                        5433,
                        "primary_slot_name",
                        "site-b",
                        "create_replica_methods",
                        List.of("fetch"),
                        "restore_command",
                        "cp /archive/%f %p"));
        HaSettings settings = ha(config, dynamic);
        assertThat(settings.standbyCluster().orElseThrow().remote().map(Upstream::connUrl))
                .contains("postgres://10.1.0.1:5433,[fe80::1]:5433");
        assertThat(settings.checkTimeline()).isFalse();
        assertThat(settings.leaderlessReplicaMethod()).isTrue();
        PostgresSettings postgres = postgres(config, dynamic, ServerRole.STANDBY_LEADER);
        assertThat(postgres.standbyCluster())
                .contains(new PostgresSettings.StandbySettings(
                        Optional.of("site-b"), List.of("fetch"), Map.of("restore_command", "cp /archive/%f %p")));
        assertThat(postgres.methods()).containsKey("fetch");
        assertThat(ha(config, Map.of()).leaderlessReplicaMethod()).isFalse();
    }

    @Test
    void aStandbyClusterThatLivesFromTheArchiveFollowsNoServer() {
        HaSettings settings =
                ha(new TestConfig(folder), Map.of("standby_cluster", Map.of("restore_command", "cp /archive/%f %p")));
        assertThat(settings.standbyCluster().orElseThrow().remote()).isEmpty();
    }

    @Test
    void thePostgresSettingsAreMergedAndRoleSpecific() {
        TestConfig config = new TestConfig(folder).postgresql("""
                        parameters: {work_mem: 8MB, max_connections: 7}
                        parameters_primary: {work_mem: 32MB}
                        pg_hba: [local all all trust]
                        pg_hba_replica: [local all all reject]
                        use_pg_rewind: true
                        basebackup: {max-rate: 100M}
                        bin_dir: /opt/pg/bin
                        """);
        Map<String, Object> dynamic =
                Map.of("postgresql", Map.of("parameters", Map.of("max_connections", 200, "work_mem", "1MB")));
        PostgresSettings primary = postgres(config, dynamic, ServerRole.PRIMARY);
        assertThat(primary.parameters())
                .containsEntry("work_mem", "32MB")
                .containsEntry("max_connections", "200")
                .containsEntry("cluster_name", "demo");
        assertThat(primary.pgHba()).contains(List.of("local all all trust"));
        assertThat(postgres(config, dynamic, ServerRole.REPLICA).pgHba()).contains(List.of("local all all reject"));
        assertThat(primary.listenAddresses()).isEqualTo("127.0.0.1,10.0.0.1");
        assertThat(primary.port()).isEqualTo(5432);
        assertThat(primary.connectAddress()).isEqualTo("10.0.0.1:5432");
        assertThat(primary.useRewind()).isTrue();
        assertThat(primary.basebackupOptions()).containsExactly("--max-rate=100M");
        assertThat(primary.binDir()).isEqualTo(Path.of("/opt/pg/bin"));
    }

    @Test
    void credentialsAreCompleteAndNeverShown() {
        PostgresSettings settings = postgres(new TestConfig(folder), Map.of(), ServerRole.PRIMARY);
        assertThat(settings.superuser().password()).isEqualTo("s3cret");
        assertThat(settings.superuser().options()).containsEntry("sslmode", "prefer");
        assertThat(settings.replication().username()).isEqualTo("replicator");
        assertThat(settings.rewind()).isEqualTo(settings.superuser());
        assertThat(settings.toString()).doesNotContain("s3cret").doesNotContain("r3pl");
    }

    @Test
    void aCustomBootstrapMethodKeepsItsSection() {
        TestConfig config = new TestConfig(folder)
                .bootstrap("method: restore\nrestore: {command: /bin/fetch, no_params: true}\n"
                        + "users: {app: {password: secret, options: [createdb]}}\npost_init: /bin/after");
        PostgresSettings.BootstrapSettings bootstrap =
                postgres(config, Map.of(), ServerRole.PRIMARY).bootstrap();
        assertThat(bootstrap.method()).contains("restore");
        assertThat(bootstrap.methodOptions()).containsEntry("command", "/bin/fetch");
        assertThat(bootstrap.postBootstrap()).contains("/bin/after");
        assertThat(bootstrap.users())
                .containsExactly(new PostgresSettings.BootstrapUser("app", "secret", List.of("createdb")));
    }

    @Test
    void theRestSectionIsTranslated() {
        LocalConfig local = new TestConfig(folder)
                .restapi(
                        "authentication: {username: u, password: p}\nserver_tokens: ProductOnly\nallowlist: [10.0.0.0/8]")
                .load();
        RestSettings rest = RestSettingsMapper.of(local.restApi());
        assertThat(rest.host()).isEqualTo("127.0.0.1");
        assertThat(rest.port()).isEqualTo(8008);
        assertThat(rest.credentials()).contains(new RestSettings.Credentials("u", "p"));
        assertThat(rest.serverTokens()).isEqualTo(RestSettings.ServerTokens.PRODUCT_ONLY);
        assertThat(rest.allowlist()).containsExactly("10.0.0.0/8");
        assertThat(rest.tls()).isEmpty();
    }

    @Test
    void synchronousModeIsTranslated() {
        TestConfig config = new TestConfig(folder);
        assertThat(ha(config, Map.of()).sync().isOn()).isFalse();
        SyncSettings quorum = ha(
                        config,
                        Map.of(
                                "synchronous_mode",
                                "quorum",
                                "synchronous_mode_strict",
                                true,
                                "synchronous_node_count",
                                2,
                                "maximum_lag_on_syncnode",
                                "1MB"))
                .sync();
        assertThat(quorum)
                .isEqualTo(new SyncSettings(SyncMode.QUORUM, true, 2, 1_048_576, AckPosition.FLUSHED, SyncNames.OFF));
        assertThat(ha(config, Map.of("synchronous_mode", "on")).sync().mode()).isEqualTo(SyncMode.PRIORITY);
        assertThat(ha(config, Map.of("synchronous_mode", true, "standby_cluster", Map.of("host", "x")))
                        .sync()
                        .isOn())
                .isFalse();
    }

    private static EffectiveConfig effective(LocalConfig local, Map<String, Object> dynamic) {
        return EffectiveConfig.of(local, new DynamicConfig(dynamic));
    }

    private static HaSettings ha(TestConfig config, Map<String, Object> dynamic) {
        EffectiveConfig effective = effective(config.load(), dynamic);
        return SettingsMapper.ha(effective, effective.timing(Timing.Limits.PGHA).timing(), 15);
    }

    private static PostgresSettings postgres(TestConfig config, Map<String, Object> dynamic, ServerRole role) {
        return SettingsMapper.postgres(effective(config.load(), dynamic), role, 15, Map.of());
    }
}
