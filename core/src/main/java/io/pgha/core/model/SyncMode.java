package io.pgha.core.model;

/** The cluster's {@code synchronous_mode} (facts §2.3, §5.16). */
public enum SyncMode {
    /** Synchronous replication is the operator's own business; also in a standby cluster. */
    OFF,
    /** Every chosen standby must acknowledge, and every voter of {@code sync} has all acknowledged commits. */
    PRIORITY,
    /** Some of the listed standbys must acknowledge, and a new leader is found by comparing enough voters. */
    QUORUM;

    /** The syntax that this mode writes. */
    public SyncNames.Kind kind() {
        return switch (this) {
            case OFF -> SyncNames.Kind.OFF;
            case PRIORITY -> SyncNames.Kind.PRIORITY;
            case QUORUM -> SyncNames.Kind.QUORUM;
        };
    }
}
