package io.pgha.postgres.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the server says of its pg_hba.conf as it is now, loaded or not. */
public final class AccessRules {
    private static final String MAY_LOOK =
            "SELECT pg_catalog.has_table_privilege('pg_catalog.pg_hba_file_rules', 'SELECT')"
                    + " AND pg_catalog.has_function_privilege('pg_catalog.pg_hba_file_rules()', 'EXECUTE') AS may";

    /** Where a line has a type all the same, it counts, and the server has only a remark (hostssl while ssl is off). */
    private static final String REFUSED =
            "SELECT line_number, error FROM pg_catalog.pg_hba_file_rules WHERE error IS NOT NULL AND type IS NULL"
                    + " ORDER BY line_number LIMIT 5";

    private AccessRules() {}

    /** The lines that keep the file from being loaded, and the server from starting again; empty also for who may not look. */
    public static List<String> refused(Connection session) throws SQLException {
        List<String> lines = new ArrayList<>();
        if (mayLook(session)) {
            try (PreparedStatement statement = session.prepareStatement(REFUSED);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lines.add("line " + row.getInt("line_number") + ": " + row.getString("error"));
                }
            }
        }
        return lines;
    }

    private static boolean mayLook(Connection session) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(MAY_LOOK);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean("may");
        }
    }
}
