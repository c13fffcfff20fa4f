package io.pgha.core.slots;

import io.pgha.core.model.Lsn;
import java.util.List;

/**
 * What to do to physical replication slots (facts §5.14); carried out in this order.
 *
 * @param drop names of slots to drop; an active one is left and reported
 * @param create names of physical slots to create with immediate reserve
 * @param advance physical slots to be moved forward
 */
public record SlotPlan(List<String> drop, List<String> create, List<Advance> advance) {
    public SlotPlan {
        drop = List.copyOf(drop);
        create = List.copyOf(create);
        advance = List.copyOf(advance);
    }

    /**
     * @param slot the slot's name
     * @param to position to move to
     */
    public record Advance(String slot, Lsn to) {}

    /** The same, with nothing dropped: in pause slots are left alone (facts §5.17). */
    public SlotPlan withoutDrops() {
        return new SlotPlan(List.of(), create, advance);
    }

    public boolean isEmpty() {
        return drop.isEmpty() && create.isEmpty() && advance.isEmpty();
    }
}
