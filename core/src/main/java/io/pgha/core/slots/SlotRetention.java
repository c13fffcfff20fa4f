package io.pgha.core.slots;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.SlotName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How long the slots of members that are away are kept (facts §1.6). The times live in each node's memory only; a new
 * leader starts them again for all names in {@code retain_slots}.
 *
 * @param lastSeen when a member with this slot name was last seen
 */
public record SlotRetention(Map<String, MonotonicTime> lastSeen) {
    /** Nobody was seen yet. */
    public static final SlotRetention NONE = new SlotRetention(Map.of());

    public SlotRetention {
        lastSeen = Collections.unmodifiableMap(new TreeMap<>(lastSeen));
    }

    /** After a leader's look: members present are seen now, those away for longer than {@code member_slots_ttl} go. */
    public SlotRetention leading(ClusterView view, HaSettings settings, MonotonicTime now) {
        Map<String, MonotonicTime> next = new TreeMap<>(lastSeen);
        view.status().retainSlots().forEach(name -> next.putIfAbsent(name, now));
        return seeing(next, view, settings, now);
    }

    /**
     * After another node's look: the leader says whose slots are kept. Where it says nothing, because the key was lost
     * or cannot be read, this node keeps for as long as the leader would: a member may only be late.
     */
    public SlotRetention following(ClusterView view, HaSettings settings, MonotonicTime now) {
        List<String> told = view.status().retainSlots();
        Map<String, MonotonicTime> next = new TreeMap<>(told.isEmpty() ? lastSeen : Map.of());
        told.forEach(name -> next.put(name, now));
        return seeing(next, view, settings, now);
    }

    private static SlotRetention seeing(
            Map<String, MonotonicTime> next, ClusterView view, HaSettings settings, MonotonicTime now) {
        if (!settings.keepsMemberSlots() || !settings.useSlots()) {
            return NONE;
        }
        view.members().values().stream()
                .filter(member -> !member.tags().nostream())
                .forEach(member -> next.put(SlotName.of(member.name()), now));
        next.put(SlotName.of(settings.name()), now);
        next.values().removeIf(seen -> now.since(seen).compareTo(settings.memberSlotsTtl()) > 0);
        settings.permanentSlots().keySet().forEach(next::remove);
        return new SlotRetention(next);
    }

    /** The names of slots to be kept. */
    public Set<String> names() {
        return lastSeen.keySet();
    }
}
