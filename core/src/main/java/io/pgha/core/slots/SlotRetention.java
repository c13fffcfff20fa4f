package io.pgha.core.slots;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SlotName;
import io.pgha.core.model.SlotStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the slots of members that are away are kept, and what the leader publishes of slots (facts §1.6). The times
 * live in the leader's memory only; a new leader starts them again for all names in {@code retain_slots}.
 *
 * @param lastSeen when a member with this slot name was last seen
 */
public record SlotRetention(Map<String, MonotonicTime> lastSeen) {
    /** Nobody was seen yet. */
    public static final SlotRetention NONE = new SlotRetention(Map.of());

    public SlotRetention {
        lastSeen = Map.copyOf(lastSeen);
    }

    /** After this view: members present are seen now, those away for longer than {@code member_slots_ttl} are gone. */
    public SlotRetention seeing(ClusterView view, HaSettings settings, MonotonicTime now) {
        if (!settings.keepsMemberSlots() || !settings.useSlots()) {
            return NONE;
        }
        Map<String, MonotonicTime> next = new HashMap<>(lastSeen);
        view.status().retainSlots().forEach(name -> next.putIfAbsent(name, now));
        view.members().values().stream()
                .filter(member -> !member.tags().nostream())
                .forEach(member -> next.put(SlotName.of(member.name()), now));
        next.put(SlotName.of(settings.name()), now);
        next.values().removeIf(seen -> now.since(seen).compareTo(settings.memberSlotsTtl()) > 0);
        settings.permanentSlots().forEach(next::remove);
        return new SlotRetention(next);
    }

    /** What the leader publishes: its position, its slots and the names to be kept. */
    public ClusterStatus statusOf(HaSettings settings, ServerStatus server) {
        Lsn position = server.walPosition();
        Map<String, Lsn> slots = new LinkedHashMap<>();
        if (settings.keepsMemberSlots() || !settings.permanentSlots().isEmpty()) {
            for (SlotStatus slot : server.slots()) {
                if (settings.keepsMemberSlots() || settings.permanentSlots().contains(slot.name())) {
                    (slot.logical() ? slot.confirmedFlushLsn() : slot.restartLsn())
                            .ifPresent(at -> slots.put(slot.name(), at));
                }
            }
            slots.put(SlotName.of(settings.name()), position);
        }
        List<String> retained = lastSeen.keySet().stream().sorted().toList();
        return new ClusterStatus(position, slots, retained);
    }
}
