package io.pgha.core.model;

/** What stands where PostgreSQL's data directory should be. */
public enum DataDirectory {
    /** Missing, or with nothing in it that PostgreSQL put there (facts §6.4). */
    EMPTY,
    /** A data directory with a control file. */
    PRESENT,
    /**
     * A data directory in which pg_rewind was broken off after it had begun to change files: it can neither be started nor
     * compared, and only a copy takes its place (pg_rewind's manual).
     */
    HALF_REWOUND,
    /** There, but it cannot be read, or it holds foreign files: nothing may be done with it. */
    INACCESSIBLE;

    /** Whether a copy may take its place: there is nothing of use, though what is half rewound is set aside first. */
    public boolean takesCopy() {
        return this == EMPTY || this == HALF_REWOUND;
    }
}
