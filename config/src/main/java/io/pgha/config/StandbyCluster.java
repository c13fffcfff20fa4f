package io.pgha.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dynamic key {@code standby_cluster}: this cluster follows another one.
 *
 * @param host host or comma-separated hosts of the other cluster
 * @param port its port, as text because several hosts may have several ports
 * @param primarySlotName the slot to use there
 * @param createReplicaMethods how the standby leader is copied; empty: as any replica
 * @param recoverySettings restore_command, archive_cleanup_command and recovery_min_apply_delay where given
 */
public record StandbyCluster(
        Optional<String> host,
        Optional<String> port,
        Optional<String> primarySlotName,
        List<String> createReplicaMethods,
        Map<String, String> recoverySettings) {

    public StandbyCluster {
        createReplicaMethods = List.copyOf(createReplicaMethods);
        recoverySettings = Map.copyOf(recoverySettings);
    }
}
