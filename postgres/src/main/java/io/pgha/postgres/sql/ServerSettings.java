package io.pgha.postgres.sql;

import io.pgha.postgres.conf.ServerSetting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code pg_settings} says (facts §6.5). */
public final class ServerSettings {
    private static final String SETTINGS = """
            SELECT name, coalesce(setting, '') AS setting, coalesce(unit, '') AS unit, vartype, context, sourcefile,
              pending_restart
            FROM pg_catalog.pg_settings
            """;

    private static final String LOADED =
            "SELECT extract(epoch FROM pg_catalog.pg_conf_load_time())::pg_catalog.text AS loaded";

    private static final String RECEIVER =
            "SELECT conninfo, coalesce(slot_name, '') AS slot FROM pg_catalog.pg_stat_get_wal_receiver()"
                    + " WHERE status = 'streaming'";

    private ServerSettings() {}

    /**
     * @param settings by name in lower case
     * @param pendingRestart names that the server itself holds back until a restart
     */
    public record Reading(Map<String, ServerSetting> settings, List<String> pendingRestart) {}

    /** All of them. */
    public static Reading all(Connection session) throws SQLException {
        Map<String, ServerSetting> settings = new HashMap<>();
        List<String> pending = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(SETTINGS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String name = row.getString("name");
                settings.put(
                        name.toLowerCase(Locale.ROOT),
                        new ServerSetting(
                                name,
                                row.getString("setting"),
                                row.getString("unit"),
                                row.getString("vartype"),
                                row.getString("context"),
                                Optional.ofNullable(row.getString("sourcefile"))));
                if (row.getBoolean("pending_restart")) {
                    pending.add(name);
                }
            }
        }
        return new Reading(settings, pending);
    }

    /** When the server last read its files; a text that changes with each reload. */
    public static String loadedAt(Connection session) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(LOADED);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString("loaded");
        }
    }

    /**
     * What a streaming WAL receiver uses.
     *
     * @param conninfo with the password masked
     * @param slot empty text: none
     */
    public record Receiver(String conninfo, String slot) {}

    /** The WAL receiver, while it streams. */
    public static Optional<Receiver> receiver(Connection session) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(RECEIVER);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Receiver(row.getString("conninfo"), row.getString("slot")))
                    : Optional.empty();
        }
    }
}
