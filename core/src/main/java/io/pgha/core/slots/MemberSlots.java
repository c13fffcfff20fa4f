package io.pgha.core.slots;

import io.pgha.core.model.Cascade;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SlotName;
import io.pgha.core.model.SlotStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The physical slots that this node keeps for the other members (facts §5.14). */
public final class MemberSlots {
    private final ClusterView view;
    private final HaSettings settings;
    private final ServerStatus server;

    public MemberSlots(ClusterView view, HaSettings settings, ServerStatus server) {
        this.view = view;
        this.settings = settings;
        this.server = server;
    }

    /**
     * What to change.
     *
     * @param retained slots of members that are away and whose time is not up
     */
    public SlotPlan plan(Set<String> retained) {
        if (!settings.useSlots()) {
            return new SlotPlan(List.of(), List.of(), List.of());
        }
        Set<String> active = names(true);
        Set<String> wanted = new HashSet<>(active);
        if (settings.keepsMemberSlots() && !settings.tags().nofailover()) {
            wanted.addAll(names(false));
            wanted.addAll(retained);
            wanted.remove(SlotName.of(settings.name()));
        }
        List<String> drop = new ArrayList<>();
        List<SlotPlan.Advance> advance = new ArrayList<>();
        Map<String, SlotStatus> present = new HashMap<>();
        for (SlotStatus slot : server.slots()) {
            present.put(slot.name(), slot);
            if (isOurs(slot) && mustGo(slot, wanted, active)) {
                drop.add(slot.name());
                present.remove(slot.name());
            } else if (!slot.logical() && wanted.contains(slot.name()) && !slot.active()) {
                advanceOf(slot).ifPresent(advance::add);
            }
        }
        List<String> create = wanted.stream()
                .filter(name -> !present.containsKey(name))
                .sorted()
                .toList();
        return new SlotPlan(drop, create, advance);
    }

    /** Slots of members by the rule for those expected to stream from here, or of all other members. */
    private Set<String> names(boolean expectedHere) {
        Set<String> names = new HashSet<>();
        for (Member member : view.members().values()) {
            if (!member.name().equals(settings.name())
                    && !member.tags().nostream()
                    && (!expectedHere || streamsFromHere(member))) {
                names.add(SlotName.of(member.name()));
            }
        }
        return names;
    }

    private boolean streamsFromHere(Member member) {
        Optional<Boolean> named = Cascade.upstreamOf(view, member.name(), member.tags())
                .map(upstream -> upstream.name().equals(settings.name()));
        boolean leads = !server.inRecovery() || view.isLedBy(settings.name());
        return leads ? named.orElse(true) : named.orElse(false) && !view.isLedBy(member.name());
    }

    private boolean isOurs(SlotStatus slot) {
        return !slot.logical()
                && !settings.permanentSlots().contains(slot.name())
                && !settings.ignoredSlots().contains(slot.name());
    }

    private boolean mustGo(SlotStatus slot, Set<String> wanted, Set<String> expectedActive) {
        if (slot.active()) {
            return false;
        }
        boolean useless = slot.restartLsn().isEmpty() && !expectedActive.contains(slot.name()) && !slot.xmin();
        boolean holdsVacuum = slot.xmin() && !expectedActive.contains(slot.name()) && !view.isUnlocked();
        return !wanted.contains(slot.name()) || slot.lost() || holdsVacuum || (useless && !server.inRecovery());
    }

    private Optional<SlotPlan.Advance> advanceOf(SlotStatus slot) {
        Lsn known = view.status().slots().getOrDefault(slot.name(), Lsn.ZERO).max(positionOfCascading(slot));
        Lsn reachable = server.inRecovery() ? server.replayed().orElse(Lsn.ZERO) : server.location();
        Lsn target = known.isAfter(reachable) ? reachable : known;
        return slot.restartLsn().filter(target::isAfter).map(at -> new SlotPlan.Advance(slot.name(), target));
    }

    /** Nobody but the member itself tells how far it is when it streams from elsewhere: its slot here is idle. */
    private Lsn positionOfCascading(SlotStatus slot) {
        return view.members().values().stream()
                .filter(member -> SlotName.of(member.name()).equals(slot.name()) && !view.isLedBy(member.name()))
                .filter(member -> Cascade.upstreamOf(view, member.name(), member.tags())
                        .filter(upstream -> !upstream.name().equals(settings.name()))
                        .isPresent())
                .map(member -> member.xlogLocation().orElse(Lsn.ZERO))
                .reduce(Lsn.ZERO, Lsn::max);
    }
}
