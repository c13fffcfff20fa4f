package io.pgha.postgres.sql;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A session that speaks the replication protocol, for the questions of facts §5.12. */
public final class ReplicationSession implements AutoCloseable {
    private final Connection connection;

    private ReplicationSession(Connection connection) {
        this.connection = connection;
    }

    /** Opens one with the replication role. */
    public static ReplicationSession open(Login login) throws SQLException {
        return new ReplicationSession(login.openReplication());
    }

    /**
     * What the server says of itself.
     *
     * @param systemIdentifier the cluster's number
     * @param timeline primary: the current one; standby: the one replayed
     * @param position the flush position
     */
    public record Identity(String systemIdentifier, Timeline timeline, Lsn position) {}

    /** Runs {@code IDENTIFY_SYSTEM}. */
    public Identity identify() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            return new Identity(
                    row.getString("systemid"),
                    new Timeline(row.getInt("timeline")),
                    Lsn.parse(row.getString("xlogpos")).orElse(Lsn.ZERO));
        }
    }

    /** The content of a timeline's history file. */
    public String history(Timeline timeline) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + timeline.number())) {
            return row.next() ? String.valueOf(row.getString("content")) : "";
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
