package io.pgha.core.model;

import java.util.List;
import java.util.Map;

/**
 * The key {@code status} (facts §1.6): what the leader last said of its position and its slots.
 *
 * @param optime the leader's position; {@link Lsn#ZERO} when the key is missing
 * @param slots position of each slot on the leader, by slot name; in the order as written
 * @param retainSlots names of member slots to be kept for members that are away, sorted
 */
public record ClusterStatus(Lsn optime, Map<String, Lsn> slots, List<String> retainSlots) {
    /** There is no status. */
    public static final ClusterStatus NONE = new ClusterStatus(Lsn.ZERO, Map.of(), List.of());

    public ClusterStatus {
        slots = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(slots));
        retainSlots = List.copyOf(retainSlots);
    }

    /** The same slots with another position: what is written when the lock is released (facts §1.6). */
    public ClusterStatus withOptime(Lsn newOptime) {
        return new ClusterStatus(newOptime, slots, retainSlots);
    }
}
