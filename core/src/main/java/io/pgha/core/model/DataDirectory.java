package io.pgha.core.model;

/** What stands where PostgreSQL's data directory should be. */
public enum DataDirectory {
    /** Missing, or with nothing in it that PostgreSQL put there (facts §6.4). */
    EMPTY,
    /** A data directory with a control file. */
    PRESENT,
    /** There, but it cannot be read, or it holds foreign files: nothing may be done with it. */
    INACCESSIBLE
}
