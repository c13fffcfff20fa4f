package io.pgha.agent.runtime;

import io.pgha.config.DynamicConfig;
import io.pgha.core.model.PermanentSlot;
import java.util.List;
import java.util.Map;

/** What a cluster-wide configuration asks for that cannot work as it stands: an operator must not believe that it does. */
final class DoubtfulSettings {
    private DoubtfulSettings() {}

    /** One sentence for each, with what to do. */
    static List<String> in(DynamicConfig config) {
        boolean logical = config.raw().get("postgresql") instanceof Map<?, ?> postgresql
                && postgresql.get("parameters") instanceof Map<?, ?> parameters
                && "logical".equals(parameters.get("wal_level"));
        return config.permanentSlots().entrySet().stream()
                .filter(slot -> slot.getValue() instanceof PermanentSlot.Logical && !logical)
                .map(slot -> "the permanent logical slot " + slot.getKey()
                        + " needs postgresql.parameters.wal_level: logical in the cluster-wide configuration, and a"
                        + " restart of each member")
                .toList();
    }
}
