package io.pgha.config;

/** The role for which PostgreSQL is configured; selects {@code parameters_primary}, {@code pg_hba_replica}, … */
public enum ServerRole {
    PRIMARY("primary"),
    REPLICA("replica"),
    STANDBY_LEADER("standby_leader");

    private final String suffix;

    ServerRole(String suffix) {
        this.suffix = suffix;
    }

    /** What follows the underscore in the names of the keys. */
    public String suffix() {
        return suffix;
    }
}
