package io.pgha.postgres.local;

import io.pgha.core.model.PendingRestartReason;
import io.pgha.postgres.conf.ControlDataText;
import io.pgha.postgres.conf.ServerParameters;
import io.pgha.postgres.conf.ServerSetting;
import io.pgha.postgres.sql.ServerSettings;
import io.pgha.postgres.version.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a running standby has smaller limits than its primary was restarted with. PostgreSQL notes the larger ones in the control
 * file and stops replaying; before 14 it ends, from 14 on it waits for a restart, which takes them from there (facts §2.5, §6.2).
 */
final class SmallParameters {
    private static final String PAUSED = "SELECT CASE WHEN pg_catalog.pg_is_in_recovery()"
            + " THEN pg_catalog.pg_is_wal_replay_paused() ELSE false END";

    private final Instance instance;

    SmallParameters(Instance instance) {
        this.instance = instance;
    }

    /** What keeps it from replaying, by name: the value in force, and that of the primary; empty when it replays. */
    Map<String, PendingRestartReason> found(PostgresVersion version) throws SQLException {
        if (!instance.heartbeat.run(SmallParameters::replayIsPaused)) {
            return Map.of();
        }
        Map<String, String> control = instance.controlFile
                .read(instance.programs())
                .map(ControlDataText::settings)
                .orElse(Map.of());
        Map<String, String> live = new TreeMap<>();
        for (Map.Entry<String, ServerSetting> setting :
                instance.heartbeat.run(ServerSettings::all).settings().entrySet()) {
            live.put(setting.getKey(), setting.getValue().value());
        }
        Map<String, PendingRestartReason> small = new TreeMap<>();
        ServerParameters.forStandby(live, control, version).pendingRestart().forEach((name, reason) -> {
            String inForce = reason.newValue();
            String needed = reason.oldValue();
            small.put(name, new PendingRestartReason(inForce, needed));
        });
        return small;
    }

    private static boolean replayIsPaused(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(PAUSED)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
