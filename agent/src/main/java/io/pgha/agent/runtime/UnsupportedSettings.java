package io.pgha.agent.runtime;

import io.pgha.config.DynamicConfig;
import io.pgha.core.model.PermanentSlot;
import java.util.List;

/** What a cluster-wide configuration asks for that this version does not do: an operator must not believe that it does. */
final class UnsupportedSettings {
    private UnsupportedSettings() {}

    /** One sentence for each, with what happens instead. */
    static List<String> in(DynamicConfig config) {
        return config.permanentSlots().entrySet().stream()
                .filter(slot -> slot.getValue() instanceof PermanentSlot.Logical)
                .map(slot -> "the permanent logical slot " + slot.getKey() + " is not supported by this version: it is"
                        + " not copied to replicas, and its consumer has to start anew after a failover")
                .toList();
    }
}
