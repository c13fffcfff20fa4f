package io.pgha.core.slots;

import io.pgha.core.model.Cascade;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.SlotName;
import io.pgha.core.model.Tags;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The slots that one node should have: for the other members, and those that the operator wrote (facts §5.14). */
final class WantedSlots {
    private final ClusterView view;
    private final HaSettings settings;
    private final boolean primary;
    private final SortedMap<String, WantedSlot> slots = new TreeMap<>();
    private final List<String> conflicts = new ArrayList<>();

    private WantedSlots(ClusterView view, HaSettings settings, boolean primary) {
        this.view = view;
        this.settings = settings;
        this.primary = primary;
    }

    /**
     * The wanted slots of a node that takes writes.
     *
     * @param retained slots of members that are away and whose time is not up
     */
    static WantedSlots onPrimary(ClusterView view, HaSettings settings, Set<String> retained) {
        return new WantedSlots(view, settings, true).with(retained);
    }

    /** The wanted slots of a standby. */
    static WantedSlots onStandby(ClusterView view, HaSettings settings, Set<String> retained) {
        return new WantedSlots(view, settings, false).with(retained);
    }

    private WantedSlots with(Set<String> retained) {
        if (settings.useSlots()) {
            members();
            retained(retained);
            permanent();
        }
        return this;
    }

    /** By name. */
    SortedMap<String, WantedSlot> slots() {
        return slots;
    }

    /** Names that two want; one sentence each, for the operator. */
    List<String> conflicts() {
        return conflicts;
    }

    private void members() {
        for (Member member : view.members().values()) {
            boolean here = streamsFromHere(member);
            boolean kept = settings.keepsMemberSlots() && !settings.tags().nofailover();
            if (isMe(member) || member.tags().nostream() || !(here || kept)) {
                continue;
            }
            String name = SlotName.of(member.name());
            WantedSlot slot = here
                    ? WantedSlot.physical(WantedSlot.Use.HERE, Lsn.ZERO)
                    : WantedSlot.physical(WantedSlot.Use.ELSEWHERE, positionOf(member, name));
            if (slots.put(name, slot) != null) {
                conflicts.add("the members whose names become " + name + " share one replication slot: rename one");
                slots.put(name, WantedSlot.physical(WantedSlot.Use.UNKNOWN, Lsn.ZERO));
            }
        }
    }

    /**
     * Where a member is that streams from another node. What the leader publishes of its slot is the leader's own, but
     * for a cascading member that is only what the leader heard from here: its own word is newer (facts §5.14).
     */
    private Lsn positionOf(Member member, String name) {
        Lsn own = member.tags().replicatefrom().isPresent()
                ? member.xlogLocation().orElse(Lsn.ZERO)
                : Lsn.ZERO;
        return own.max(published(name));
    }

    private Lsn published(String name) {
        return view.status().slots().getOrDefault(name, Lsn.ZERO);
    }

    private boolean streamsFromHere(Member member) {
        Optional<String> upstream = cascadesFrom(member);
        boolean leads = primary || view.isLedBy(settings.name());
        return leads
                ? upstream.map(settings.name()::equals).orElse(true)
                : upstream.filter(settings.name()::equals).isPresent() && !view.isLedBy(member.name());
    }

    private Optional<String> cascadesFrom(Member member) {
        return Cascade.upstreamOf(view, member.name(), member.tags()).map(Member::name);
    }

    /** Nothing moves the slot of a member that is away, but on a standby up to where the leader's slot stands. */
    private void retained(Set<String> names) {
        if (settings.tags().nofailover() || !settings.keepsMemberSlots()) {
            return;
        }
        for (String name : names) {
            if (!name.equals(SlotName.of(settings.name()))) {
                slots.putIfAbsent(
                        name, WantedSlot.physical(WantedSlot.Use.UNKNOWN, primary ? Lsn.ZERO : published(name)));
            }
        }
    }

    private void permanent() {
        if (settings.tags().nofailover() && !primary) {
            return;
        }
        boolean copied = settings.standbyCluster().isPresent();
        String otherKind = copied ? "primary" : "standby";
        boolean logicalToo = !copied && (primary || streamsAllTheWay());
        settings.permanentSlots().forEach((name, slot) -> {
            if (name.equals(SlotName.of(settings.name()))) {
                return;
            }
            if (slot instanceof PermanentSlot.Physical physical) {
                if (physical.clusterType().filter(otherKind::equals).isEmpty()) {
                    permanentPhysical(name);
                }
            } else if (slot instanceof PermanentSlot.Logical logical && logicalToo) {
                permanentLogical(name, logical);
            }
        });
    }

    private void permanentPhysical(String name) {
        WantedSlot permanent = primary || view.isLedBy(settings.name())
                ? WantedSlot.physical(WantedSlot.Use.HERE, Lsn.ZERO)
                : WantedSlot.physical(WantedSlot.Use.ELSEWHERE, published(name));
        // A member's slot that is permanent, too, is that member's as long as it is there.
        slots.merge(name, permanent, (member, other) -> member.use() == WantedSlot.Use.UNKNOWN ? other : member);
    }

    private void permanentLogical(String name, PermanentSlot.Logical logical) {
        if (isMemberSlot(name)) {
            conflicts.add("the permanent logical slot " + name
                    + " has the name of a member's slot and is left out: rename it");
            return;
        }
        slots.put(
                name,
                new WantedSlot(
                        Optional.of(logical),
                        primary ? WantedSlot.Use.HERE : WantedSlot.Use.ELSEWHERE,
                        primary ? Lsn.ZERO : published(name)));
    }

    private boolean isMemberSlot(String name) {
        return view.members().values().stream()
                .anyMatch(member ->
                        !member.tags().nostream() && SlotName.of(member.name()).equals(name));
    }

    private boolean isMe(Member member) {
        return member.name().equals(settings.name());
    }

    /**
     * Whether WAL comes by streaming all the way from the leader (facts §5.14): nobody on the way is nostream. While
     * nobody leads, or the leader's key is away, the copies stay: somebody may be promoted with them in a moment.
     */
    private boolean streamsAllTheWay() {
        Set<String> passed = new HashSet<>();
        String name = settings.name();
        Tags tags = settings.tags();
        while (!tags.nostream() && passed.add(name)) {
            Optional<Member> next = Cascade.upstreamOf(view, name, tags).or(view::leaderMember);
            if (next.isEmpty() || view.isLedBy(next.get().name())) {
                return true;
            }
            name = next.get().name();
            tags = next.get().tags();
        }
        return false;
    }
}
