package io.pgha.postgres.conf;

/** What it takes to bring changed recovery settings of a running standby into force (facts §6.6). */
public enum RecoveryChange {
    /** Nothing differs. */
    NONE,
    /** The files have to be written and the server told to read them. */
    RELOAD,
    /** The server has to be restarted. */
    RESTART;

    /** The stronger of the two. */
    public RecoveryChange and(RecoveryChange other) {
        return other.compareTo(this) > 0 ? other : this;
    }
}
