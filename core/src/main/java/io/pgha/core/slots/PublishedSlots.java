package io.pgha.core.slots;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SlotName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a leader publishes of its position and its slots (facts §1.6). */
public final class PublishedSlots {
    private PublishedSlots() {}

    /** The content of the key {@code status}. */
    public static ClusterStatus of(
            HaSettings settings, ServerStatus server, SlotPlanner planner, SlotRetention retention) {
        Lsn position = server.walPosition();
        Map<String, Lsn> slots = new LinkedHashMap<>();
        if (settings.keepsMemberSlots() || !settings.permanentSlots().isEmpty()) {
            planner.positions().forEach((name, at) -> {
                if (settings.keepsMemberSlots() || settings.permanentSlots().containsKey(name)) {
                    slots.put(name, at);
                }
            });
            slots.put(SlotName.of(settings.name()), position);
        }
        List<String> retained = retention.names().stream().sorted().toList();
        return new ClusterStatus(position, slots, retained);
    }
}
