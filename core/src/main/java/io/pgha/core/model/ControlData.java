package io.pgha.core.model;

/**
 * What {@code pg_controldata} says (facts §6.8).
 *
 * @param systemIdentifier "Database system identifier"
 * @param state "Database cluster state"
 * @param checkpoint "Latest checkpoint location"
 * @param checkpointTimeline "Latest checkpoint's TimeLineID"
 * @param minimumRecoveryEnd "Minimum recovery ending location"; {@link Lsn#ZERO} when not a standby
 * @param minimumRecoveryTimeline its timeline; unknown when 0
 * @param dataChecksums whether the data pages carry checksums
 * @param walLogHints whether {@code wal_log_hints} was on
 */
public record ControlData(
        String systemIdentifier,
        ControlState state,
        Lsn checkpoint,
        Timeline checkpointTimeline,
        Lsn minimumRecoveryEnd,
        Timeline minimumRecoveryTimeline,
        boolean dataChecksums,
        boolean walLogHints) {
    /** Whether the pages can be compared at all; a precondition of pg_rewind (facts §5.12). */
    public boolean allowsRewind() {
        return dataChecksums || walLogHints;
    }
}
