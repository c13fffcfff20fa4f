package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.PendingRestartReason;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParameterChangesTest {
    private static final Map<String, ServerSetting> LIVE = Map.of(
            "max_connections", row("max_connections", "100", "", "integer", "postmaster"),
            "work_mem", row("work_mem", "4096", "kB", "integer", "user"),
            "wal_buffers", row("wal_buffers", "512", "8kB", "integer", "postmaster"),
            "shared_buffers", row("shared_buffers", "16384", "8kB", "integer", "postmaster"),
            "wal_segment_size", row("wal_segment_size", "16777216", "B", "integer", "internal"),
            "hot_standby", row("hot_standby", "off", "", "bool", "postmaster"),
            "datestyle", row("DateStyle", "ISO, MDY", "", "string", "user"));

    @Test
    void equalValuesInOtherUnitsAreNoChange() {
        assertThat(ParameterChanges.between(
                                Map.of(
                                        "max_connections", "100",
                                        "work_mem", "4MB",
                                        "wal_buffers", "-1",
                                        "shared_buffers", "128MB",
                                        "wal_segment_size", "1",
                                        "DateStyle", "ISO, MDY",
                                        "pg_stat_statements.max", "1"),
                                LIVE)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theContextDecidesBetweenReloadAndRestart() {
        ParameterChanges changes = ParameterChanges.between(
                Map.of("max_connections", "200", "work_mem", "8MB", "hot_standby", "on"), LIVE);
        assertThat(changes.reload()).containsExactly("hot_standby", "work_mem");
        assertThat(changes.restart()).isEqualTo(Map.of("max_connections", new PendingRestartReason("100", "200")));
    }

    @Test
    void bothValuesAreShownInTheUnitThatPeopleUse() {
        Map<String, String> wanted = Map.of("shared_buffers", "262144kB", "wal_buffers", "8MB");
        assertThat(ParameterChanges.between(wanted, LIVE).restart())
                .isEqualTo(Map.of(
                        "shared_buffers", new PendingRestartReason("128MB", "256MB"),
                        "wal_buffers", new PendingRestartReason("4MB", "8MB")));
        ServerSetting threshold = row("old_snapshot_threshold", "-1", "min", "integer", "postmaster");
        assertThat(threshold.waitsFor("90min")).contains(new PendingRestartReason("-1", "90min"));
        assertThat(threshold.waitsFor("-1")).isEmpty();
        assertThat(threshold.waitsFor("?")).contains(new PendingRestartReason("-1", "?"));
    }

    private static ServerSetting row(String name, String value, String unit, String vartype, String context) {
        return new ServerSetting(name, value, unit, vartype, context, Optional.empty());
    }
}
