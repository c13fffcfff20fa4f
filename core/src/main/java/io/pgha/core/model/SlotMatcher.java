package io.pgha.core.model;

import java.util.Optional;

/**
 * One entry of {@code ignore_slots}: a slot matches if every property that is given equals the slot's (facts §2.3).
 *
 * @param name slot name
 * @param type {@code physical} or {@code logical}
 * @param database of a logical slot
 * @param plugin of a logical slot
 */
public record SlotMatcher(
        Optional<String> name, Optional<String> type, Optional<String> database, Optional<String> plugin) {

    /** Whether this slot is to be left alone. */
    public boolean matches(SlotStatus slot) {
        return equal(name, slot.name())
                && equal(type, slot.logical() ? "logical" : "physical")
                && equal(database, slot.database().orElse(""))
                && equal(plugin, slot.plugin().orElse(""));
    }

    private static boolean equal(Optional<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.get().equals(actual);
    }
}
