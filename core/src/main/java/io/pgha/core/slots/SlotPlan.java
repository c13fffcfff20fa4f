package io.pgha.core.slots;

import io.pgha.core.model.Lsn;
import java.util.List;
import java.util.Map;

/**
 * What to do to replication slots besides what logical ones need (facts §5.14); carried out in this order.
 *
 * @param drop names of slots of either kind to drop; an active one is left and reported
 * @param create names of physical slots to create with immediate reserve
 * @param advance physical slots to be moved forward
 * @param reasons why, by the name of a slot that is dropped or created: for the log
 */
public record SlotPlan(List<String> drop, List<String> create, List<Advance> advance, Map<String, String> reasons) {
    /** Everything is as it should be. */
    public static final SlotPlan NOTHING = new SlotPlan(List.of(), List.of(), List.of());

    public SlotPlan {
        drop = List.copyOf(drop);
        create = List.copyOf(create);
        advance = List.copyOf(advance);
        reasons = Map.copyOf(reasons);
    }

    /** One that says no reasons. */
    public SlotPlan(List<String> drop, List<String> create, List<Advance> advance) {
        this(drop, create, advance, Map.of());
    }

    /** Why this slot is dropped or created; empty when that was not said. */
    public String reason(String slot) {
        return reasons.getOrDefault(slot, "");
    }

    /**
     * @param slot the slot's name
     * @param to position to move to
     */
    public record Advance(String slot, Lsn to) {}

    /**
     * The same without dropping anything, and without what takes the place of something dropped: in pause slots are left
     * alone (facts §5.17).
     */
    public SlotPlan withoutDrops() {
        return new SlotPlan(
                List.of(), create.stream().filter(name -> !drop.contains(name)).toList(), advance, reasons);
    }

    /** Only what brings slots forward: all that a member does to them while nobody can read the DCS. */
    public SlotPlan onlyMoves() {
        return new SlotPlan(List.of(), List.of(), advance);
    }

    public boolean isEmpty() {
        return drop.isEmpty() && create.isEmpty() && advance.isEmpty();
    }
}
