package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.PendingRestartReason;
import io.pgha.postgres.version.PostgresVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerParametersTest {
    private static final PostgresVersion V15 = PostgresVersion.ofMajor(15);
    static final ServerParameters.Fixed DEMO = new ServerParameters.Fixed("127.0.0.1", 7100, "demo");

    @Test
    void startsTheServerAsARealClusterDoes() {
        EffectiveParameters effective = demo(DEMO);
        String expected = Samples.text("processes.txt").lines().findFirst().orElseThrow();
        assertThat("/usr/lib/postgresql/15/bin/postgres -D /srv/demo/data0"
                        + " --config-file=/srv/demo/data0/postgresql.conf "
                        + String.join(" ", ServerParameters.commandLine(effective.parameters())))
                .isEqualTo(expected);
        assertThat(effective.warnings()).isEmpty();
    }

    @Test
    void whatTheAgentDecidesNobodyElseDoes() {
        EffectiveParameters effective = effective(
                Map.of(
                        "PORT",
                        "1",
                        "listen_addresses",
                        "*",
                        "Cluster_Name",
                        "x",
                        "data_directory",
                        "/",
                        "HOT_STANDBY",
                        "off"),
                V15);
        assertThat(effective.parameters())
                .containsEntry("port", "7100")
                .containsEntry("listen_addresses", "127.0.0.1")
                .containsEntry("cluster_name", "demo")
                .containsEntry("hot_standby", "on")
                .doesNotContainKeys("PORT", "data_directory", "Cluster_Name", "HOT_STANDBY");
        assertThat(effective.warnings()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "max_connections, 24, 100",
        "max_connections, 25, 25",
        "max_connections, many, 100",
        "max_connections, 999999999, 262143",
        "max_wal_senders, 2, 10",
        "max_prepared_transactions, -1, 0",
        "max_locks_per_transaction, 31, 64",
        "max_replication_slots, 3, 10",
        "max_worker_processes, 1, 8",
        "wal_log_hints, perhaps, on",
        "track_commit_timestamp, yes, yes",
        "wal_level, minimal, replica",
        "wal_level, hot_standby, replica",
        "wal_level, logical, logical",
        "wal_keep_size, 15MB, 128MB",
        "wal_keep_size, 1GB, 1GB"
    })
    void controlledParametersHaveLowerLimits(String name, String wanted, String effective) {
        assertThat(effective(Map.of(name, wanted), V15).parameters()).containsEntry(name, effective);
    }

    @Test
    void walKeepIsTranslatedToTheVersionsWord() {
        PostgresVersion v12 = PostgresVersion.ofMajor(12);
        assertThat(effective(Map.of("wal_keep_segments", "10"), V15).parameters())
                .containsEntry("wal_keep_size", "160MB")
                .doesNotContainKey("wal_keep_segments");
        assertThat(effective(Map.of("wal_keep_size", "150MB"), v12).parameters())
                .containsEntry("wal_keep_segments", "9")
                .doesNotContainKey("wal_keep_size");
        assertThat(effective(Map.of(), v12).parameters()).containsEntry("wal_keep_segments", "8");
    }

    @Test
    void recoverySettingsAreMovedToWhereTheyBelong() {
        EffectiveParameters effective = effective(Map.of("Restore_Command", "cp x %p"), V15);
        assertThat(effective.parameters()).doesNotContainKey("restore_command");
        assertThat(effective.recovery()).containsEntry("restore_command", "cp x %p");
    }

    @Test
    void aTypingErrorIsReportedAndLeftOut() {
        EffectiveParameters effective = effective(Map.of("min_log_message", "info"), V15);
        assertThat(effective.parameters()).doesNotContainKey("min_log_message");
        assertThat(effective.warnings()).singleElement().asString().contains("min_log_message");
    }

    @Test
    void aStandbyKeepsThePrimarysLargerLimitsUntilTheyMayShrink() {
        Map<String, String> control = new LinkedHashMap<>(
                ControlDataText.parse(Samples.text("pg_controldata-15.txt")).settings());
        control.put("max_connections", "300");
        control.put("max_wal_senders", "20");
        ServerParameters.ForStandby adjusted =
                ServerParameters.forStandby(demo(DEMO).parameters(), control, V15);
        assertThat(adjusted.parameters())
                .containsEntry("max_connections", "300")
                .containsEntry("max_wal_senders", "20")
                .containsEntry("max_worker_processes", "8");
        assertThat(adjusted.pendingRestart())
                .isEqualTo(Map.of(
                        "max_connections", new PendingRestartReason("300", "100"),
                        "max_wal_senders", new PendingRestartReason("20", "10")));
        assertThat(ServerParameters.forStandby(demo(DEMO).parameters(), control, PostgresVersion.ofMajor(11))
                        .parameters())
                .containsEntry("max_wal_senders", "10");
    }

    @Test
    void computesWhatMinusOneMeansForWalBuffers() {
        assertThat(ServerParameters.walBuffers(16384, 16 << 20)).isEqualTo(512);
        assertThat(ServerParameters.walBuffers(16, 16 << 20)).isEqualTo(8);
        assertThat(ServerParameters.walBuffers(1 << 20, 16 << 20)).isEqualTo(2048);
    }

    static EffectiveParameters demo(ServerParameters.Fixed fixed) {
        return ServerParameters.effective(
                Map.of(
                        "max_connections", "100",
                        "fsync", "off",
                        "wal_log_hints", "on",
                        "unix_socket_directories", "/tmp"),
                fixed,
                V15,
                described());
    }

    private static EffectiveParameters effective(Map<String, String> wanted, PostgresVersion version) {
        return ServerParameters.effective(wanted, DEMO, version, described());
    }

    private static Set<String> described() {
        return Samples.text("describe-config-15.txt").lines().collect(Collectors.toSet());
    }
}
