package io.pgha.postgres.memory;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.SlotStatus;
import java.util.Optional;

/**
 * A replication slot in a data directory.
 *
 * @param logical what it decodes; empty: it is a physical one
 * @param position up to where its user has everything
 */
record ModelSlot(Optional<PermanentSlot.Logical> logical, Lsn position) {
    static ModelSlot physical(Lsn position) {
        return new ModelSlot(Optional.empty(), position);
    }

    ModelSlot at(Lsn newPosition) {
        return new ModelSlot(logical, newPosition.max(position));
    }

    SlotStatus status(String name, boolean active) {
        return logical.map(kind -> SlotStatus.logical(name, kind, position))
                .orElseGet(() -> SlotStatus.physical(name, active, Optional.of(position)));
    }
}
