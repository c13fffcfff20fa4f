package io.pgha.core.decide;

/** What is known of the local history against the leader's (facts §5.12). */
public enum RewindPhase {
    /** It was not compared with this leader. */
    UNCHECKED,
    /** It can follow the leader. */
    NOT_NEEDED,
    /** It has WAL that the leader's history does not contain. */
    NEEDED,
    /** It has parted from the leader's history under an equal timeline number, which pg_rewind does not see. */
    HIDDEN,
    /** pg_rewind was tried and failed. */
    FAILED
}
