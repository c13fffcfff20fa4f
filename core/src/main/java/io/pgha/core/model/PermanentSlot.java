package io.pgha.core.model;

import java.util.Optional;

/** A slot of the dynamic key {@code slots}, which the cluster keeps through failovers (facts §2.3). */
public sealed interface PermanentSlot {

    /**
     * A physical slot.
     *
     * @param clusterType {@code primary} or {@code standby} if the slot belongs to only one kind of cluster
     */
    record Physical(Optional<String> clusterType) implements PermanentSlot {}

    /**
     * A logical slot.
     *
     * @param database its database
     * @param plugin its output plugin
     */
    record Logical(String database, String plugin) implements PermanentSlot {}
}
