package io.pgha.postgres.sql;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SlotStatus;
import io.pgha.core.model.SyncParameters;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.WalSender;
import io.pgha.postgres.version.PostgresVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The loop's one query: everything that facts §3.4 and §5.14 need, three results in one round trip. Names are
 * schema-qualified, for a superuser must not run what somebody put into {@code public}.
 */
public final class StatusQuery {
    private static final String SERVER = """
            SELECT pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version,
              pg_catalog.to_char(pg_catalog.pg_postmaster_start_time() AT TIME ZONE 'UTC',
                'YYYY-MM-DD HH24:MI:SS.US') || '+00:00' AS started,
              r.recovery,
              CASE WHEN r.recovery THEN NULL ELSE
                pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8) END AS timeline,
              CASE WHEN r.recovery THEN NULL ELSE pg_catalog.pg_current_wal_flush_lsn()::text END AS location,
              pg_catalog.pg_last_wal_receive_lsn()::text AS received,
              pg_catalog.pg_last_wal_replay_lsn()::text AS replayed,
              CASE WHEN r.recovery THEN pg_catalog.pg_is_wal_replay_paused() END AS paused,
              pg_catalog.to_char(pg_catalog.pg_last_xact_replay_timestamp() AT TIME ZONE 'UTC',
                'YYYY-MM-DD HH24:MI:SS.US') || '+00:00' AS replayed_at,
              CASE WHEN r.recovery THEN (SELECT timeline_id FROM pg_catalog.pg_control_checkpoint()) END AS checkpoint_tli,
              CASE WHEN r.recovery THEN
                (SELECT min_recovery_end_timeline FROM pg_catalog.pg_control_recovery()) END AS recovery_tli,
              w.status, w.received_tli, w.latest_end_lsn::text AS latest_end, w.@written@::text AS written,
              w.sender_host, w.sender_port,
              pg_catalog.current_setting('restore_command', true) AS restore_command,
              pg_catalog.current_setting('synchronous_standby_names') AS sync_names,
              pg_catalog.current_setting('synchronous_commit') AS sync_commit
            FROM (SELECT pg_catalog.pg_is_in_recovery() AS recovery) r
              LEFT JOIN pg_catalog.pg_stat_get_wal_receiver() w ON true
            """;

    private static final String WAL_SENDERS = """
            SELECT usename, application_name, pg_catalog.host(client_addr) AS client, state, sync_state, sync_priority,
              flush_lsn::text AS flushed, write_lsn::text AS written, replay_lsn::text AS replayed
            FROM pg_catalog.pg_stat_replication
            """;

    private static final String SLOTS = """
            SELECT slot_name, slot_type = 'logical' AS logical, database, plugin, active, restart_lsn::text AS restart,
              confirmed_flush_lsn::text AS confirmed, xmin IS NOT NULL AS has_xmin,
              catalog_xmin::text::pg_catalog.int8 AS catalog_xmin, @lost@ AS lost, @failover@ AS failover, @synced@ AS synced
            FROM pg_catalog.pg_replication_slots
            WHERE NOT temporary
            """;

    private final String text;

    /** The query for a version. */
    public StatusQuery(PostgresVersion version) {
        this.text = String.join(";\n", SERVER, WAL_SENDERS, SLOTS)
                .replace("@written@", version.walReceiverWrittenLsn() ? "written_lsn" : "received_lsn")
                .replace("@lost@", version.walStatusColumn() ? "coalesce(wal_status = 'lost', false)" : "false")
                .replace("@failover@", version.failoverSlots() ? "failover" : "false")
                .replace("@synced@", version.failoverSlots() ? "synced" : "false");
    }

    /**
     * Asks.
     *
     * @param restoreCommandInFile whether a restore_command stands in recovery.conf, which before 12 is no parameter
     */
    public ServerStatus run(Connection session, boolean restoreCommandInFile) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(text)) {
            statement.execute();
            List<WalSender> walSenders = new ArrayList<>();
            List<SlotStatus> slots = new ArrayList<>();
            Server server;
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                server = Server.read(row, restoreCommandInFile);
            }
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                while (row.next()) {
                    walSenders.add(walSender(row));
                }
            }
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                while (row.next()) {
                    slots.add(slot(row));
                }
            }
            return server.with(walSenders, slots);
        }
    }

    private static WalSender walSender(ResultSet row) throws SQLException {
        return new WalSender(
                text(row, "usename").orElse(""),
                text(row, "application_name").orElse(""),
                text(row, "client"),
                text(row, "state").orElse(""),
                text(row, "sync_state").orElse("async"),
                row.getInt("sync_priority"),
                lsn(row, "flushed").orElse(Lsn.ZERO),
                lsn(row, "written").orElse(Lsn.ZERO),
                lsn(row, "replayed").orElse(Lsn.ZERO));
    }

    private static SlotStatus slot(ResultSet row) throws SQLException {
        return new SlotStatus(
                text(row, "slot_name").orElse(""),
                row.getBoolean("logical"),
                text(row, "database"),
                text(row, "plugin"),
                row.getBoolean("active"),
                lsn(row, "restart"),
                lsn(row, "confirmed"),
                row.getBoolean("has_xmin"),
                Optional.ofNullable(row.getObject("catalog_xmin", Long.class)),
                row.getBoolean("lost"),
                row.getBoolean("failover"),
                row.getBoolean("synced"));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Lsn> lsn(ResultSet row, String column) throws SQLException {
        return text(row, column).flatMap(Lsn::parse).filter(lsn -> !lsn.isZero());
    }

    /** The first result. */
    private record Server(ServerStatus status) {
        static Server read(ResultSet row, boolean restoreCommandInFile) throws SQLException {
            boolean recovery = row.getBoolean("recovery");
            Optional<Lsn> latestEnd = lsn(row, "latest_end");
            Optional<Lsn> received = latest(lsn(row, "received"), lsn(row, "written"));
            boolean restores = restoreCommandInFile
                    || text(row, "restore_command").filter(s -> !s.isBlank()).isPresent();
            return new Server(new ServerStatus(
                    row.getInt("version"),
                    text(row, "started").orElse(""),
                    recovery,
                    recovery ? standbyTimeline(row, latestEnd) : primaryTimeline(row),
                    lsn(row, "location").orElse(Lsn.ZERO),
                    recovery ? received : Optional.empty(),
                    recovery ? lsn(row, "replayed") : Optional.empty(),
                    latestEnd,
                    text(row, "replayed_at"),
                    row.getBoolean("paused"),
                    recovery ? replicationState(text(row, "status"), restores) : Optional.empty(),
                    upstream(row),
                    List.of(),
                    new SyncParameters(
                            text(row, "sync_names").orElse(""),
                            text(row, "sync_commit").orElse("on")),
                    List.of()));
        }

        ServerStatus with(List<WalSender> walSenders, List<SlotStatus> slots) {
            return new ServerStatus(
                    status.serverVersion(),
                    status.postmasterStartTime(),
                    status.inRecovery(),
                    status.timeline(),
                    status.location(),
                    status.received(),
                    status.replayed(),
                    status.latestEnd(),
                    status.replayedTimestamp(),
                    status.replayPaused(),
                    status.replicationState(),
                    status.upstream(),
                    walSenders,
                    status.sync(),
                    slots);
        }

        private static Timeline primaryTimeline(ResultSet row) throws SQLException {
            return text(row, "timeline")
                    .map(hex -> new Timeline((int) Long.parseLong(hex, 16)))
                    .orElse(Timeline.UNKNOWN);
        }

        /** Facts §1.4; what the control file says is the last resort, and may be behind. */
        private static Timeline standbyTimeline(ResultSet row, Optional<Lsn> latestEnd) throws SQLException {
            int received = row.getInt("received_tli");
            if (latestEnd.isPresent() && received > 0) {
                return new Timeline(received);
            }
            return new Timeline(Math.max(0, Math.max(row.getInt("checkpoint_tli"), row.getInt("recovery_tli"))));
        }

        private static Optional<Lsn> latest(Optional<Lsn> one, Optional<Lsn> other) {
            return one.isPresent() && other.isPresent() ? Optional.of(one.get().max(other.get())) : one.or(() -> other);
        }

        private static Optional<String> replicationState(Optional<String> receiver, boolean restores) {
            if (receiver.filter("streaming"::equals).isPresent()) {
                return receiver;
            }
            return restores ? Optional.of("in archive recovery") : Optional.empty();
        }

        private static Optional<String> upstream(ResultSet row) throws SQLException {
            int port = row.getInt("sender_port");
            return text(row, "sender_host")
                    .map(host -> host.contains(":") ? "[" + host + "]:" + port : host + ":" + port);
        }
    }
}
