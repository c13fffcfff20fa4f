package io.pgha.core.slots;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SlotStatus;
import io.pgha.core.model.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares the slots that a node should have with those that it has (facts §5.14). */
public final class SlotPlanner {
    private final ClusterView view;
    private final HaSettings settings;
    private final ServerStatus server;
    private final WantedSlots wanted;
    private final SortedMap<String, WantedSlot> logical;

    /** @param retained slots of members that are away and whose time is not up */
    public SlotPlanner(ClusterView view, HaSettings settings, ServerStatus server, Set<String> retained) {
        this.view = view;
        this.settings = settings;
        this.server = server;
        this.wanted = server.inRecovery()
                ? WantedSlots.onStandby(view, settings, retained)
                : WantedSlots.onPrimary(view, settings, retained);
        this.logical = logical(wanted);
    }

    private static SortedMap<String, WantedSlot> logical(WantedSlots wanted) {
        SortedMap<String, WantedSlot> logical = new TreeMap<>();
        wanted.slots().forEach((name, slot) -> {
            if (slot.logical().isPresent()) {
                logical.put(name, slot);
            }
        });
        return logical;
    }

    /** What to change; nothing where members do not stream through slots. */
    public SlotPlan plan() {
        if (!settings.useSlots()) {
            return SlotPlan.NOTHING;
        }
        List<String> drop = server.slots().stream()
                .filter(slot -> !slot.active() && mustGo(slot))
                .map(SlotStatus::name)
                .toList();
        Map<String, SlotStatus> kept = new HashMap<>();
        server.slots().stream()
                .filter(slot -> !drop.contains(slot.name()))
                .forEach(slot -> kept.put(slot.name(), slot));
        List<String> create = new ArrayList<>();
        List<SlotPlan.Advance> advance = new ArrayList<>();
        wanted.slots().forEach((name, slot) -> {
            if (slot.logical().isPresent()) {
                return;
            }
            SlotStatus present = kept.get(name);
            if (present == null) {
                create.add(name);
            } else if (!present.logical() && !present.active() && isBehind(present, target(slot))) {
                advance.add(new SlotPlan.Advance(name, target(slot)));
            }
        });
        return new SlotPlan(drop, create, advance, reasons(drop, create));
    }

    private Map<String, String> reasons(List<String> drop, List<String> create) {
        Map<String, String> reasons = new HashMap<>();
        create.forEach(name -> reasons.put(
                name,
                settings.permanentSlots().containsKey(name) ? "it is configured" : "a member streams through it"));
        server.slots().stream()
                .filter(slot -> drop.contains(slot.name()))
                .forEach(slot -> reasons.put(slot.name(), reasonToGo(slot)));
        return reasons;
    }

    private String reasonToGo(SlotStatus slot) {
        WantedSlot want = wanted.slots().get(slot.name());
        if (want == null) {
            return settings.keepsMemberSlots()
                    ? "nobody configured it, or its member is gone longer than member_slots_ttl"
                    : "nobody configured it, and no member streams through it";
        }
        if (slot.lost()) {
            return "the WAL that it needs is gone";
        }
        if (slot.failover() && slot.logical()) {
            return "the server's own slot synchronisation makes it anew";
        }
        boolean differs = want.logical().map(kind -> !slot.isOf(kind)).orElse(slot.logical());
        if (differs) {
            return "it is of another kind than the wanted one";
        }
        return slot.restartLsn().isEmpty()
                ? "it reserves no WAL"
                : "it holds back vacuum for a member that streams elsewhere";
    }

    /** What to do to logical slots. */
    public LogicalSlotPlan logical() {
        if (logical.isEmpty()) {
            return LogicalSlotPlan.NOTHING;
        }
        List<LogicalSlotPlan.Creation> create = new ArrayList<>();
        List<LogicalSlotPlan.Advance> advance = new ArrayList<>();
        Map<String, SlotStatus> present = present();
        logical.forEach((name, slot) -> {
            PermanentSlot.Logical kind = slot.logical().orElseThrow();
            SlotStatus here = present.get(name);
            if (here == null) {
                if (!server.inRecovery()) {
                    create.add(new LogicalSlotPlan.Creation(name, kind));
                }
            } else if (server.inRecovery()
                    && here.isOf(kind)
                    && !here.active()
                    && !here.failover()
                    && isOfThisTimeline()
                    && isBehind(here, target(slot))) {
                advance.add(new LogicalSlotPlan.Advance(name, kind.database(), target(slot)));
            }
        });
        return new LogicalSlotPlan(create, advance);
    }

    /**
     * The logical slots that this standby lacks, that the leader has, and that are not ahead of what this standby has
     * replayed: a slot that is would make its consumer miss what is written in between.
     */
    public List<String> toCopy() {
        boolean follows = !view.isUnlocked() && !view.isLedBy(settings.name());
        Lsn replayed = server.replayed().orElse(Lsn.ZERO);
        return lacking().stream()
                .filter(name -> follows && !known(name).isAfter(replayed))
                .toList();
    }

    /** The logical slots that a leader has, and that this standby should have and has not, sorted. */
    public List<String> lacking() {
        if (logical.isEmpty() || !server.inRecovery()) {
            return List.of();
        }
        Map<String, SlotStatus> present = present();
        return logical.keySet().stream()
                .filter(name -> !present.containsKey(name) && !known(name).isZero())
                .toList();
    }

    /**
     * Whether the consumers of the permanent logical slots that this node should have could go on with it, by name.
     *
     * @param unsafe copies whose catalog rows the leader does not keep for this standby yet
     */
    public SortedMap<String, SlotCondition> conditions(Set<String> unsafe) {
        Map<String, SlotStatus> present = present();
        SortedMap<String, SlotCondition> conditions = new TreeMap<>();
        logical.forEach((name, slot) -> conditions.put(
                name,
                condition(
                        Optional.ofNullable(present.get(name)), slot.logical().orElseThrow(), unsafe.contains(name))));
        return conditions;
    }

    private SlotCondition condition(Optional<SlotStatus> slot, PermanentSlot.Logical kind, boolean unsafe) {
        boolean standby = server.inRecovery();
        if (slot.isEmpty()) {
            return SlotCondition.unready(standby ? "it was not copied from the leader yet" : "it is not made yet");
        }
        if (!slot.get().isOf(kind)) {
            return SlotCondition.unready("a slot of another kind has its name here");
        }
        if (slot.get().lost()) {
            return SlotCondition.unready("the WAL that it needs is gone");
        }
        if (unsafe) {
            return SlotCondition.unready("the leader does not keep for this copy yet what it needs");
        }
        return SlotCondition.ready(standby ? "the copy is safe to be used after a failover" : "it is here");
    }

    private Lsn known(String name) {
        return view.status().slots().getOrDefault(name, Lsn.ZERO);
    }

    private Map<String, SlotStatus> present() {
        Map<String, SlotStatus> present = new HashMap<>();
        server.slots().forEach(slot -> present.put(slot.name(), slot));
        return present;
    }

    /** What an operator has to know: names that two want, and slots that nobody wants but somebody uses. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(wanted.conflicts());
        if (settings.useSlots()) {
            server.slots().stream()
                    .filter(slot -> slot.active() && mustGo(slot))
                    .forEach(slot -> remarks.add("the replication slot " + slot.name()
                            + " should be dropped, but somebody uses it: it stays until that one leaves"));
        }
        return remarks;
    }

    /** The names of the slots that the cluster manages on this node (facts §1.6). */
    public Set<String> managed() {
        return wanted.slots().keySet();
    }

    /** The position of each managed slot as a leader publishes it. */
    public SortedMap<String, Lsn> positions() {
        SortedMap<String, Lsn> positions = new TreeMap<>();
        server.slots().stream()
                .filter(slot -> managed().contains(slot.name()))
                .forEach(slot -> slot.position().ifPresent(at -> positions.put(slot.name(), at)));
        return positions;
    }

    /**
     * Whether the published positions lie in the WAL that this standby has. After a failover they are the former leader's
     * until the new one has written its own, which it does before it writes the history: a copy that is moved to a
     * position that was reached on another timeline would miss what is there on this one.
     */
    private boolean isOfThisTimeline() {
        Timeline written = view.history().isPresent() ? view.timeline() : Timeline.FIRST;
        return server.timeline().equals(written);
    }

    /** Up to where a slot may be moved: never beyond what this node has. */
    private Lsn target(WantedSlot slot) {
        Lsn reachable = server.inRecovery() ? server.replayed().orElse(Lsn.ZERO) : server.location();
        return slot.known().isAfter(reachable) ? reachable : slot.known();
    }

    private static boolean isBehind(SlotStatus slot, Lsn target) {
        return slot.position().filter(target::isAfter).isPresent();
    }

    /** Whether a slot should not be there, as far as that depends on what it is. */
    private boolean mustGo(SlotStatus slot) {
        if (slot.synced() || isForeign(slot)) {
            return false;
        }
        if (slot.failover() && slot.logical()) {
            // What the server's own slot synchronisation would put in its place cannot be made while it is there.
            return server.inRecovery() && !view.isUnlocked() && !view.isLedBy(settings.name());
        }
        WantedSlot want = wanted.slots().get(slot.name());
        if (want == null || slot.lost()) {
            return true;
        }
        boolean differs = want.logical().map(kind -> !slot.isOf(kind)).orElse(slot.logical());
        return differs || (!slot.logical() && (slot.restartLsn().isEmpty() || holdsVacuumForNobody(slot, want)));
    }

    /** Slots of the operator's that are none of our business, and those of Citus while it moves a shard (facts §5.14). */
    private boolean isForeign(SlotStatus slot) {
        boolean citus = !server.inRecovery()
                && slot.logical()
                && (slot.name().startsWith("citus_shard_move_slot_")
                        || slot.name().startsWith("citus_shard_split_slot_"));
        return citus || settings.ignoredSlots().stream().anyMatch(matcher -> matcher.matches(slot));
    }

    /** A node whose member streams elsewhere now would hold back vacuum for ever by what the member said last. */
    private boolean holdsVacuumForNobody(SlotStatus slot, WantedSlot want) {
        boolean settled = !view.isUnlocked() && (!server.inRecovery() || !view.isLedBy(settings.name()));
        return slot.xmin() && want.use() == WantedSlot.Use.ELSEWHERE && settled;
    }
}
