package io.pgha.config;

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

    /** Whether the slot with these properties is to be left alone; empty texts stand for properties it does not have. */
    public boolean matches(String slotName, String slotType, String slotDatabase, String slotPlugin) {
        return equal(name, slotName)
                && equal(type, slotType)
                && equal(database, slotDatabase)
                && equal(plugin, slotPlugin);
    }

    private static boolean equal(Optional<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.get().equals(actual);
    }
}
