package io.pgha.sim.agent;

import io.pgha.agent.port.MemberIdentity;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.Role;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SlotName;
import io.pgha.core.model.SlotStatus;
import io.pgha.core.model.Timeline;
import io.pgha.core.slots.SlotPlan;
import io.pgha.core.view.ClusterFlags;
import io.pgha.restapi.NodeSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a member of Patroni 4.1 shows of itself: its keys (facts §1) and what its REST API answers from. */
final class PatroniKeys {
    private final Surroundings world;

    PatroniKeys(Surroundings world) {
        this.world = world;
    }

    private String me() {
        return world.configuration().settings().name();
    }

    /** The key {@code members/NAME}. */
    Member member(PostgresObservation local, ClusterView view) {
        MemberIdentity identity = world.configuration().identity();
        MemberBuilder member = new MemberBuilder(me())
                .connUrl(identity.connUrl())
                .apiUrl(identity.apiUrl())
                .state(local.state())
                .role(role(local))
                .version("4.1.4")
                .tags(world.configuration().settings().tags())
                .pause(ClusterFlags.of(view).paused());
        local.server().ifPresent(status -> {
            member.xlogLocation(status.walPosition()).timeline(status.timeline());
            if (status.inRecovery()) {
                status.received().filter(lsn -> !lsn.isZero()).ifPresent(member::receiveLsn);
                status.replayed().filter(lsn -> !lsn.isZero()).ifPresent(member::replayLsn);
                status.replicationState().ifPresent(member::replicationState);
            }
        });
        if (checkpointIsDue(local)) {
            member.checkpointAfterPromote(Optional.of(false));
        }
        return member.build();
    }

    private static Role role(PostgresObservation local) {
        if (local.mayTakeWrites()) {
            return Role.PRIMARY;
        }
        return local.systemIdentifier().isPresent() ? Role.REPLICA : Role.UNINITIALIZED;
    }

    /** Whether the first checkpoint of a new primary is still to be written (facts §5.9 rule 4). */
    static boolean checkpointIsDue(PostgresObservation local) {
        Timeline timeline = local.server().map(ServerStatus::timeline).orElse(Timeline.UNKNOWN);
        return local.runsAsPrimary()
                && local.control()
                        .filter(control -> timeline.isAfter(control.checkpointTimeline()))
                        .isPresent();
    }

    /** The key {@code status} (facts §1.6). */
    ClusterStatus status(ServerStatus server, ClusterView view) {
        Map<String, Lsn> slots = new TreeMap<>();
        server.slots().forEach(slot -> slot.position().ifPresent(at -> slots.put(slot.name(), at)));
        slots.put(SlotName.of(me()), server.walPosition());
        SortedSet<String> retained = new TreeSet<>();
        if (world.configuration().settings().keepsMemberSlots()) {
            retained.addAll(view.status().retainSlots());
            view.members().keySet().forEach(name -> retained.add(SlotName.of(name)));
        }
        return new ClusterStatus(server.walPosition(), slots, List.copyOf(retained));
    }

    /** The members' slots that a primary lacks. None is dropped: no world lasts for member_slots_ttl. */
    SlotPlan slots(ServerStatus server, ClusterView view) {
        List<String> present = server.slots().stream().map(SlotStatus::name).toList();
        List<String> missing = view.members().keySet().stream()
                .filter(name -> !name.equals(me()))
                .map(SlotName::of)
                .filter(slot -> !present.contains(slot))
                .toList();
        return new SlotPlan(List.of(), missing, List.of());
    }

    /** What is to be written to the key {@code history} (facts §1.10), if anything is. */
    Optional<List<HistoryEntry>> history(Timeline timeline, ClusterView view) {
        List<HistoryEntry> known = view.history().orElse(List.of());
        if (timeline.equals(Timeline.FIRST)) {
            return known.isEmpty() ? Optional.empty() : Optional.of(List.of());
        }
        if (!known.isEmpty()) {
            HistoryEntry last = known.get(known.size() - 1);
            boolean complete = last.promotedAt().isPresent() && last.newLeader().isPresent();
            if (complete && last.timeline().number() == timeline.number() - 1) {
                return Optional.empty();
            }
        }
        List<HistoryEntry> local = world.postgres().history(timeline);
        List<HistoryEntry> wanted = new ArrayList<>();
        for (int i = 0; i < local.size(); i++) {
            wanted.add(i == local.size() - 1 ? mine(local.get(i)) : asKnown(known, local.get(i)));
        }
        return wanted.isEmpty() || wanted.equals(known) ? Optional.empty() : Optional.of(wanted);
    }

    private HistoryEntry mine(HistoryEntry line) {
        Optional<String> at =
                line.promotedAt().or(() -> Optional.of(world.clock().wall().toString()));
        return new HistoryEntry(line.timeline(), line.switchPoint(), line.reason(), at, Optional.of(me()));
    }

    private static HistoryEntry asKnown(List<HistoryEntry> known, HistoryEntry line) {
        return known.stream()
                .filter(old -> old.timeline().equals(line.timeline())
                        && old.switchPoint().equals(line.switchPoint()))
                .findFirst()
                .orElse(line);
    }

    /** What others are told over REST until the next cycle. */
    NodeSnapshot snapshot(PostgresObservation local, Optional<ClusterView> view, Optional<MonotonicTime> lockUntil) {
        HaSettings settings = world.configuration().settings();
        MonotonicTime now = world.clock().now();
        return NodeSnapshot.builder(settings.scope(), settings.name())
                .versions("4.1.4", "none")
                .state(local.state())
                .role(role(local))
                .server(local.server())
                .systemIdentifier(local.systemIdentifier())
                .cluster(view)
                .lockValidUntil(lockUntil)
                .takesWrites(local.runsAsPrimary())
                .tags(settings.tags())
                .ttl(settings.ttl())
                .published(now, now.plus(settings.loopWait()))
                .build();
    }
}
