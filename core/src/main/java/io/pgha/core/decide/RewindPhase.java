package io.pgha.core.decide;

/** What is known of the local history against the leader's (facts §5.12). */
public enum RewindPhase {
    /** It was not compared with this leader. */
    UNCHECKED,
    /** It can follow the leader. */
    NOT_NEEDED,
    /** It has WAL that the leader's history does not contain. */
    NEEDED,
    /** It is ahead of the leader on the leader's own timeline, which pg_rewind does not see. */
    AHEAD,
    /** pg_rewind was tried and failed. */
    FAILED
}
