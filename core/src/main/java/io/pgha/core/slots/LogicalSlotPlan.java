package io.pgha.core.slots;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.PermanentSlot;
import java.util.List;

/**
 * What to do to logical slots (facts §5.14), besides dropping those that nobody wants: a primary creates them, a standby
 * moves its copies.
 *
 * @param create on a primary
 * @param advance on a standby
 */
public record LogicalSlotPlan(List<Creation> create, List<Advance> advance) {
    /** Everything is as it should be. */
    public static final LogicalSlotPlan NOTHING = new LogicalSlotPlan(List.of(), List.of());

    public LogicalSlotPlan {
        create = List.copyOf(create);
        advance = List.copyOf(advance);
    }

    /**
     * @param slot its name
     * @param kind what it decodes
     */
    public record Creation(String slot, PermanentSlot.Logical kind) {}

    /**
     * @param slot its name
     * @param database where it can be moved
     * @param to position to move to
     */
    public record Advance(String slot, String database, Lsn to) {}

    /** Only what brings copies forward: all that a member does to them while nobody can read the DCS. */
    public LogicalSlotPlan onlyMoves() {
        return new LogicalSlotPlan(List.of(), advance);
    }

    public boolean isEmpty() {
        return create.isEmpty() && advance.isEmpty();
    }
}
