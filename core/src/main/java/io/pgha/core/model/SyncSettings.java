package io.pgha.core.model;

/**
 * What the operator wants of synchronous replication (facts §2.3).
 *
 * @param mode {@link SyncMode#OFF} in a standby cluster, whatever is configured
 * @param strict whether the primary rather waits than runs without a synchronous standby
 * @param nodeCount {@code synchronous_node_count}: how many standbys shall acknowledge; at least 1 when strict, never
 *     negative
 * @param maximumLag {@code maximum_lag_on_syncnode} in bytes; 0 or less for no limit
 * @param waitsFor which position of a standby a commit waits for
 * @param ownNames the operator's own {@code synchronous_standby_names}, in force only while the mode is off
 */
public record SyncSettings(
        SyncMode mode, boolean strict, int nodeCount, long maximumLag, AckPosition waitsFor, SyncNames ownNames) {
    public SyncSettings {
        nodeCount = Math.max(nodeCount, strict ? 1 : 0);
    }

    /** The mode with Patroni's defaults: not strict, one standby, no limit of lag. */
    public static SyncSettings defaults(SyncMode mode) {
        return new SyncSettings(mode, false, 1, -1, AckPosition.FLUSHED, SyncNames.OFF);
    }

    /** The same in strict mode. */
    public SyncSettings asStrict() {
        return new SyncSettings(mode, true, nodeCount, maximumLag, waitsFor, ownNames);
    }

    /** The same for another number of standbys. */
    public SyncSettings withNodeCount(int count) {
        return new SyncSettings(mode, strict, count, maximumLag, waitsFor, ownNames);
    }

    /** The same where commits wait for this position of a standby. */
    public SyncSettings waitingFor(AckPosition position) {
        return new SyncSettings(mode, strict, nodeCount, maximumLag, position, ownNames);
    }

    /** Whether synchronous standbys are managed at all. */
    public boolean isOn() {
        return mode != SyncMode.OFF;
    }

    /** The same with a limit of lag, in bytes. */
    public SyncSettings withMaximumLag(long bytes) {
        return new SyncSettings(mode, strict, nodeCount, bytes, waitsFor, ownNames);
    }

    /** The value while no standby can be waited for. */
    public SyncNames namesForNobody() {
        return strict && isOn() ? SyncNames.nobody(mode.kind()) : SyncNames.OFF;
    }
}
