package io.pgha.core.model;

import java.util.List;
import java.util.Optional;

/**
 * What the running server answered to the loop's one query.
 *
 * @param serverVersion for example 150018
 * @param postmasterStartTime {@code YYYY-MM-DD HH:MM:SS.ffffff+00:00}
 * @param inRecovery whether it is a standby
 * @param timeline primary: the current timeline; standby: the one received (facts §1.4), or unknown
 * @param location primary: flush position; {@link Lsn#ZERO} in recovery
 * @param received standby: the furthest position written by the WAL receiver
 * @param replayed standby: the last replayed position
 * @param latestEnd standby: the last position the WAL receiver heard of from its upstream
 * @param replayedTimestamp time of the last replayed transaction, as PostgreSQL's text
 * @param replayPaused whether replay is paused
 * @param replicationState {@code streaming} or {@code in archive recovery}, standby only
 * @param upstream {@code host:port} that the WAL receiver is connected to
 * @param walSenders who streams from this server
 * @param sync for whom commits wait
 * @param slots the replication slots
 */
public record ServerStatus(
        int serverVersion,
        String postmasterStartTime,
        boolean inRecovery,
        Timeline timeline,
        Lsn location,
        Optional<Lsn> received,
        Optional<Lsn> replayed,
        Optional<Lsn> latestEnd,
        Optional<String> replayedTimestamp,
        boolean replayPaused,
        Optional<String> replicationState,
        Optional<String> upstream,
        List<WalSender> walSenders,
        SyncParameters sync,
        List<SlotStatus> slots) {
    public ServerStatus {
        walSenders = List.copyOf(walSenders);
        slots = List.copyOf(slots);
    }

    /** Whether it is a standby that streams. */
    public boolean isStreaming() {
        return replicationState.filter("streaming"::equals).isPresent();
    }

    /** This server's WAL position (facts §5.3): primary the current one, standby the later of received and replayed. */
    public Lsn walPosition() {
        return inRecovery ? received.orElse(Lsn.ZERO).max(replayed.orElse(Lsn.ZERO)) : location;
    }
}
