package io.pgha.postgres.local;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Timeline;
import io.pgha.postgres.sql.ReplicationSession;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timeline of a standby that does not stream (facts §1.4): its control file may be behind, so that the replication
 * protocol is asked, once for each position.
 */
final class StandbyTimeline {
    private static final Logger log = LoggerFactory.getLogger(StandbyTimeline.class);

    private final Instance instance;
    private Optional<Known> known = Optional.empty();

    StandbyTimeline(Instance instance) {
        this.instance = instance;
    }

    /** The same status with the timeline as well as it can be told. */
    ServerStatus complete(ServerStatus status) {
        if (!status.inRecovery() || status.latestEnd().isPresent()) {
            return status;
        }
        Known current = new Known(status.postmasterStartTime(), status.replayed(), status.timeline());
        if (known.filter(current::sameAs).isEmpty()) {
            known = Optional.of(ask(current));
        }
        return withTimeline(status, known.get().timeline());
    }

    private Known ask(Known current) {
        try (ReplicationSession session = ReplicationSession.open(Logins.localReplication(instance.settings()))) {
            Timeline answer = session.identify().timeline();
            return new Known(current.start(), current.replayed(), answer);
        } catch (SQLException e) {
            log.debug("IDENTIFY_SYSTEM on the own server: {}", e.getMessage());
            return current;
        }
    }

    private record Known(String start, Optional<Lsn> replayed, Timeline timeline) {
        boolean sameAs(Known other) {
            return start.equals(other.start) && replayed.equals(other.replayed);
        }
    }

    private static ServerStatus withTimeline(ServerStatus status, Timeline timeline) {
        return new ServerStatus(
                status.serverVersion(),
                status.postmasterStartTime(),
                status.inRecovery(),
                timeline,
                status.location(),
                status.received(),
                status.replayed(),
                status.latestEnd(),
                status.replayedTimestamp(),
                status.replayPaused(),
                status.replicationState(),
                status.upstream(),
                status.walSenders(),
                status.sync(),
                status.slots());
    }
}
