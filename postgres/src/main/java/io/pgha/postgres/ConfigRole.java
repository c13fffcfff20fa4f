package io.pgha.postgres;

/** Which role-specific settings apply ({@code parameters_primary}, {@code pg_hba_replica}, …; facts §2.6). */
public enum ConfigRole {
    PRIMARY,
    REPLICA,
    STANDBY_LEADER
}
