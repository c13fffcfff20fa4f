package io.pgha.core.model;

import java.util.Optional;

/**
 * One line of the key {@code history} (facts §1.10): where a timeline ended.
 *
 * @param timeline the timeline that ended
 * @param switchPoint the position where it ended
 * @param reason PostgreSQL's text, for example {@code no recovery target specified}
 * @param promotedAt ISO 8601 text with zone, when recorded
 * @param newLeader who was promoted, when recorded
 */
public record HistoryEntry(
        Timeline timeline, Lsn switchPoint, String reason, Optional<String> promotedAt, Optional<String> newLeader) {}
