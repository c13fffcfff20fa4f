package io.pgha.core.model;

import java.util.Optional;

/**
 * A row of {@code pg_stat_replication}, as {@code GET /patroni} shows it (facts §3.4).
 *
 * @param username the role that replicates
 * @param applicationName the standby's name
 * @param clientAddress absent for a Unix socket
 * @param state for example {@code streaming}
 * @param syncState {@code async}, {@code potential}, {@code sync} or {@code quorum}
 * @param syncPriority position in a priority list, 0 when async
 * @param flushed last position known to be flushed by the standby
 * @param written last position known to be written by the standby
 * @param replayed last position known to be replayed by the standby
 */
public record WalSender(
        String username,
        String applicationName,
        Optional<String> clientAddress,
        String state,
        String syncState,
        int syncPriority,
        Lsn flushed,
        Lsn written,
        Lsn replayed) {
    /** Whether the standby has caught up so far that it gets WAL as it is written. */
    public boolean isStreaming() {
        return state.equals("streaming");
    }
}
