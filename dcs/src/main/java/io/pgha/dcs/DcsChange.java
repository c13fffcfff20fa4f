package io.pgha.dcs;

/** What changed below the cluster's prefix, as told by the watch. */
public enum DcsChange {
    /** The leader key was written, deleted or expired. */
    LEADER,
    /** A member key was written, deleted or expired. */
    MEMBERS,
    /** The dynamic configuration was written. */
    CONFIG,
    /** The leader's position was written. */
    STATUS,
    /** A switchover or failover was asked for, or the request was cleared. */
    FAILOVER,
    /** The key {@code sync} was written or deleted: the health checks of synchronous standbys depend on it. */
    SYNC,
    /** {@code initialize}, {@code history}, {@code failsafe}, or the whole tree. */
    OTHER,
    /** The watch was interrupted; anything may have changed. */
    UNCERTAIN
}
