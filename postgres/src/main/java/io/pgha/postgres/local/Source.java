package io.pgha.postgres.local;

import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.sql.Login;
import io.pgha.postgres.sql.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** What the leader says of itself before its history is trusted (facts §5.12). */
final class Source {
    private static final String QUESTION =
            "SELECT pg_catalog.pg_is_in_recovery() AS recovery, (SELECT rolsuper FROM pg_catalog.pg_roles"
                    + " WHERE rolname = current_user) AS super, (SELECT timeline_id FROM pg_catalog.pg_control_checkpoint())"
                    + " AS checkpoint, CASE WHEN pg_catalog.pg_is_in_recovery() THEN NULL ELSE pg_catalog.substr("
                    + "pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8) END AS timeline,"
                    + " pg_catalog.current_setting('full_page_writes')::bool AS whole_pages,"
                    + " (SELECT pg_catalog.string_agg(f, ', ') FROM (VALUES ('pg_ls_dir(text,boolean,boolean)'),"
                    + " ('pg_stat_file(text,boolean)'), ('pg_read_binary_file(text)'),"
                    + " ('pg_read_binary_file(text,bigint,bigint,boolean)')) AS needed (f)"
                    + " WHERE NOT pg_catalog.has_function_privilege('pg_catalog.' || f, 'EXECUTE')) AS missing";
    private static final Duration CHECKPOINT_TIMEOUT = Duration.ofMinutes(5);

    private final Instance instance;
    private final Upstream upstream;

    Source(Instance instance, Upstream upstream) {
        this.instance = instance;
        this.upstream = upstream;
    }

    /**
     * @param superuser whether our role there may write a checkpoint
     * @param checkpoint the timeline of its last checkpoint
     * @param timeline its current timeline; unknown on a standby
     * @param wholePages whether {@code full_page_writes} is on, without which pg_rewind refuses
     * @param missingGrants functions that our role there may not execute, though pg_rewind has to
     */
    record State(
            boolean inRecovery,
            boolean superuser,
            Timeline checkpoint,
            Timeline timeline,
            boolean wholePages,
            Optional<String> missingGrants) {
        /** Before its first checkpoint after a promotion pg_rewind would compare with the old timeline. */
        boolean hasCheckpointed() {
            return checkpoint.equals(timeline);
        }
    }

    Optional<Login> login() {
        return Logins.remote(
                instance.settings(), upstream.connUrl(), instance.settings().rewind());
    }

    State ask() throws SQLException {
        Login login = login().orElseThrow(() -> new SQLException(upstream.name() + " publishes no usable address"));
        try (Connection session = login.open();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            row.next();
            String timeline = row.getString("timeline");
            return new State(
                    row.getBoolean("recovery"),
                    row.getBoolean("super"),
                    new Timeline(row.getInt("checkpoint")),
                    timeline == null ? Timeline.UNKNOWN : new Timeline((int) Long.parseLong(timeline, 16)),
                    row.getBoolean("whole_pages"),
                    Optional.ofNullable(row.getString("missing")));
        }
    }

    /** Whether it still has that WAL file; its archive is not looked into. */
    boolean hasWal(String file) throws SQLException {
        Login login = login().orElseThrow(() -> new SQLException(upstream.name() + " publishes no usable address"));
        try (Connection session = login.open();
                PreparedStatement statement = session.prepareStatement(
                        "SELECT (pg_catalog.pg_stat_file('pg_wal/' || ?::pg_catalog.text, true)).size IS NOT NULL")) {
            statement.setString(1, file);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Makes it write a checkpoint; needs a superuser. */
    void checkpoint() throws SQLException {
        Login login = login().orElseThrow(() -> new SQLException(upstream.name() + " publishes no usable address"));
        try (Connection session =
                        login.patient(CHECKPOINT_TIMEOUT, CHECKPOINT_TIMEOUT).open();
                Statement statement = session.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    /** One sentence about a failed attempt to reach it. */
    String trouble(SQLException e) {
        String name = upstream.name();
        return Refusal.of(e) == Refusal.DENIED
                ? name + " refuses the role of pg_rewind or replication (" + Refusal.words(e)
                        + "): check postgresql.authentication and pg_hba there"
                : name + " cannot be asked: " + Refusal.words(e);
    }
}
