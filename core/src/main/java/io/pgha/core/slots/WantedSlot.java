package io.pgha.core.slots;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.PermanentSlot;
import java.util.Optional;

/**
 * A slot that this node should have.
 *
 * @param logical what it decodes; empty: it is a physical one
 * @param use whether somebody should be streaming from it here
 * @param known up to where it may be moved while nobody uses it here; {@link Lsn#ZERO}: it is not to be moved
 */
record WantedSlot(Optional<PermanentSlot.Logical> logical, Use use, Lsn known) {
    /** Where the one streams whose slot it is. */
    enum Use {
        /** From this node: while it is away, the slot waits for it. */
        HERE,
        /** From another node: here the slot is kept for the day of a failover. */
        ELSEWHERE,
        /** Nobody knows: a member that is away. */
        UNKNOWN
    }

    static WantedSlot physical(Use use, Lsn known) {
        return new WantedSlot(Optional.empty(), use, known);
    }
}
