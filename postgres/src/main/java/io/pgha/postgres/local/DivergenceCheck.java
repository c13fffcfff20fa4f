package io.pgha.postgres.local;

import io.pgha.core.model.ControlData;
import io.pgha.core.model.ControlState;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.conf.HistoryFile;
import io.pgha.postgres.process.Programs;
import io.pgha.postgres.rewind.HistoryComparison;
import io.pgha.postgres.rewind.Position;
import io.pgha.postgres.rewind.WalRecords;
import io.pgha.postgres.sql.Login;
import io.pgha.postgres.sql.Refusal;
import io.pgha.postgres.sql.ReplicationSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the local history with the leader's (facts §5.12 "check"). */
final class DivergenceCheck {
    private static final Logger log = LoggerFactory.getLogger(DivergenceCheck.class);

    private final Instance instance;

    DivergenceCheck(Instance instance) {
        this.instance = instance;
    }

    Divergence check(Upstream source, JobControl control) {
        return checkOne(Hosts.primaryOf(instance, source), control);
    }

    private Divergence checkOne(Upstream leader, JobControl control) {
        control.progress("comparing timelines with " + leader.name());
        Optional<Position> local;
        try {
            local = local();
        } catch (SQLException e) {
            return new Divergence.Undetermined("the local position cannot be told now: " + refused(e));
        }
        if (local.isEmpty()) {
            return new Divergence.Undetermined("the local position cannot be told now");
        }
        Source source = new Source(instance, leader);
        try {
            return inRecovery(source)
                    ? new Divergence.Undetermined(leader.name() + " is still in recovery")
                    : compare(local.get(), leader);
        } catch (SQLException e) {
            return new Divergence.Undetermined(source.trouble(e));
        }
    }

    /** A role of pg_rewind that is refused keeps nobody from comparing: the replication role sees the leader's history, too. */
    private static boolean inRecovery(Source source) throws SQLException {
        try {
            return source.ask().inRecovery();
        } catch (SQLException e) {
            if (Refusal.of(e) != Refusal.DENIED) {
                throw e;
            }
            log.warn("{}; comparing with the replication role alone", source.trouble(e));
            return false;
        }
    }

    private Divergence compare(Position local, Upstream leader) throws SQLException {
        Login login = Logins.remote(
                        instance.settings(),
                        leader.connUrl(),
                        instance.settings().replication())
                .orElseThrow(() -> new SQLException(leader.name() + " publishes no usable address"));
        try (ReplicationSession session = ReplicationSession.open(login)) {
            ReplicationSession.Identity identity = session.identify();
            Optional<String> own =
                    instance.controlFile.data(instance.programs()).map(ControlData::systemIdentifier);
            if (own.filter(id -> !id.equals(identity.systemIdentifier())).isPresent()) {
                return new Divergence.Undetermined(leader.name() + " is of another cluster (system identifier "
                        + identity.systemIdentifier() + ", here " + own.get() + ")");
            }
            Optional<Divergence> verdict =
                    HistoryComparison.byTimeline(local, identity.timeline(), identity.position());
            if (verdict.isPresent()) {
                return verdict.get();
            }
            String history = session.history(identity.timeline());
            return HistoryComparison.byHistory(local, HistoryFile.parse(history), () -> endOfCheckpoint(local));
        }
    }

    private Optional<Lsn> endOfCheckpoint(Position local) {
        return new WalRecords(instance.programs(), instance.dataDir(), instance.runner)
                .endOfLast(local.timeline(), local.lsn());
    }

    private static String refused(SQLException e) {
        return Refusal.of(e) == Refusal.DENIED
                ? "the own PostgreSQL refuses the role of postgresql.authentication.replication: " + Refusal.words(e)
                : Refusal.words(e);
    }

    private Optional<Position> local() throws SQLException {
        return instance.postmasterRuns() ? running() : stopped();
    }

    private Optional<Position> running() throws SQLException {
        try (ReplicationSession session = ReplicationSession.open(Logins.localReplication(instance.settings()))) {
            ReplicationSession.Identity identity = session.identify();
            return instance.heartbeat
                    .run(DivergenceCheck::replayed)
                    .map(lsn -> new Position(identity.timeline(), lsn, false))
                    .or(() -> Optional.of(new Position(identity.timeline(), identity.position(), true)));
        } catch (SQLException e) {
            Refusal refusal = Refusal.of(e);
            if (refusal == Refusal.STARTING || refusal == Refusal.NO_RESPONSE) {
                return stopped();
            }
            // Of a server that takes sessions the control file tells only what was true long ago.
            throw e;
        }
    }

    /** Replay position of a standby; empty on a primary. */
    private static Optional<Lsn> replayed(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT CASE WHEN pg_catalog.pg_is_in_recovery()"
                        + " THEN pg_catalog.pg_last_wal_replay_lsn()::pg_catalog.text END")) {
            row.next();
            return Optional.ofNullable(row.getString(1)).flatMap(Lsn::parse);
        }
    }

    private Optional<Position> stopped() {
        Programs programs = instance.programs();
        return instance.controlFile.data(programs).flatMap(control -> {
            boolean standby = control.state() == ControlState.SHUT_DOWN_IN_RECOVERY
                    || control.state() == ControlState.IN_ARCHIVE_RECOVERY;
            if (standby
                    && !control.minimumRecoveryEnd().isZero()
                    && control.minimumRecoveryTimeline().isKnown()) {
                return Optional.of(
                        new Position(control.minimumRecoveryTimeline(), control.minimumRecoveryEnd(), false));
            }
            return standby || control.state() == ControlState.SHUT_DOWN
                    ? Optional.of(new Position(control.checkpointTimeline(), control.checkpoint(), true))
                    : Optional.empty();
        });
    }
}
