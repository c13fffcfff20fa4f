package io.pgha.postgres.local;

import io.pgha.core.model.ControlData;
import io.pgha.core.model.ControlState;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.conf.ControlDataText;
import io.pgha.postgres.conf.HistoryFile;
import io.pgha.postgres.sql.Login;
import io.pgha.postgres.sql.ReplicationSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the history of a server that is down and that of the leader part, and which WAL files hold that point.
 *
 * @param wal where the local files are
 * @param localFile of the local timeline
 * @param leaderFile of the timeline to which the leader's history turns there
 */
record Fork(Path wal, String localFile, String leaderFile) {
    private static final long SEGMENTS_NUMBERED = 0x1_0000_0000L;

    /** The fork; empty when it cannot be told, or there is none. */
    static Optional<Fork> from(Instance instance, Upstream leader) throws SQLException {
        Optional<ControlDataText> text = instance.controlFile.read(instance.programs());
        Optional<ControlData> control = text.flatMap(ControlDataText::data);
        Optional<Long> segment = text.map(ControlDataText::values)
                .map(values -> values.get("Bytes per WAL segment"))
                .map(Long::parseLong);
        Optional<Login> login = Logins.remote(
                instance.settings(), leader.connUrl(), instance.settings().replication());
        if (control.isEmpty() || segment.isEmpty() || login.isEmpty()) {
            return Optional.empty();
        }
        Timeline own = timeline(control.get());
        try (ReplicationSession session = ReplicationSession.open(login.get())) {
            Timeline current = session.identify().timeline();
            if (!current.isAfter(own)) {
                return Optional.empty();
            }
            List<HistoryEntry> history = HistoryFile.parse(session.history(current));
            for (int i = 0; i < history.size(); i++) {
                if (history.get(i).timeline().equals(own)) {
                    Lsn at = history.get(i).switchPoint();
                    Timeline next = i + 1 < history.size() ? history.get(i + 1).timeline() : current;
                    return Optional.of(new Fork(
                            instance.dataDir().resolve("pg_wal"),
                            file(own, at, segment.get()),
                            file(next, at, segment.get())));
                }
            }
            return Optional.empty();
        }
    }

    private static Timeline timeline(ControlData control) {
        boolean standby = control.state() == ControlState.SHUT_DOWN_IN_RECOVERY
                || control.state() == ControlState.IN_ARCHIVE_RECOVERY;
        return standby && control.minimumRecoveryTimeline().isKnown()
                ? control.minimumRecoveryTimeline()
                : control.checkpointTimeline();
    }

    /** Name of the WAL file with that position. */
    static String file(Timeline timeline, Lsn lsn, long segmentBytes) {
        long number = lsn.bytes() / segmentBytes;
        long perId = SEGMENTS_NUMBERED / segmentBytes;
        return String.format(Locale.ROOT, "%08X%08X%08X", timeline.number(), number / perId, number % perId);
    }

    boolean localWalExists() {
        return Files.exists(wal.resolve(localFile));
    }
}
