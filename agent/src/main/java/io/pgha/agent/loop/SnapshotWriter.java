package io.pgha.agent.loop;

import io.pgha.agent.lease.LeaseGuard;
import io.pgha.agent.port.Fence;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Role;
import io.pgha.core.model.ScheduledRestart;
import io.pgha.core.slots.SlotCondition;
import io.pgha.restapi.FenceLayer;
import io.pgha.restapi.LoopStatistics;
import io.pgha.restapi.NodeSnapshot;
import io.pgha.restapi.SynchronousMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Publishes what a cycle found, for REST. */
final class SnapshotWriter {
    private final Surroundings world;
    private final LeaseGuard guard;
    private final String version;
    private final Consumer<NodeSnapshot> sink;
    private final LastJobs lastJobs = new LastJobs();
    private Optional<ClusterView> lastView = Optional.empty();
    private Optional<MonotonicTime> lastViewAt = Optional.empty();

    SnapshotWriter(Surroundings world, LeaseGuard guard, String version, Consumer<NodeSnapshot> sink) {
        this.world = world;
        this.guard = guard;
        this.version = version;
        this.sink = sink;
    }

    void write(
            Situation situation,
            Role role,
            Journal journal,
            LoopStatistics statistics,
            Optional<Map<String, SlotCondition>> logicalSlots,
            Instant dcsLastSeen,
            Duration sleep) {
        MonotonicTime now = world.clock().now();
        if (situation.dcsSeen()) {
            lastView = Optional.of(situation.view());
            lastViewAt = Optional.of(now);
        }
        situation.job().finished().ifPresent(job -> lastJobs.finished(job, situation.wall()));
        Duration ttl = situation.settings().ttl();
        boolean viewIsYoung =
                lastViewAt.filter(at -> now.since(at).compareTo(ttl) < 0).isPresent();
        // Who leads in a paused cluster without the DCS is told by its role, not by its lock (facts §3.3).
        boolean pausedOutage = situation.paused() && !situation.dcsSeen();
        boolean mayWrite = guard.validUntil().isPresent() && situation.lockKeyIsMineOrUnseen();
        sink.accept(NodeSnapshot.builder(situation.settings().scope(), situation.me())
                .versions(world.configuration().identity().version(), version)
                .state(ShownState.of(situation))
                .role(role)
                .server(situation.local().server())
                .logicalSlots(logicalSlots)
                .systemIdentifier(situation.local().systemIdentifier())
                .cluster(viewIsYoung && !pausedOutage ? lastView : Optional.empty())
                // what is published is the time until the guard acts: past it nobody may be sent here
                .lockValidUntil(
                        mayWrite
                                ? guard.validUntil()
                                        .map(until -> situation
                                                .settings()
                                                .leaseTimes()
                                                .guardAt(until))
                                : Optional.empty())
                .standbyCluster(situation.inStandbyCluster())
                .takesWrites(takesWrites(situation))
                .tags(situation.settings().tags())
                .pendingRestart(
                        !situation.local().pendingRestartReasons().isEmpty(),
                        situation.local().pendingRestartReasons())
                .paused(situation.memory().paused())
                .synchronousMode(
                        switch (situation.settings().sync().mode()) {
                            case OFF -> SynchronousMode.OFF;
                            case PRIORITY -> SynchronousMode.PRIORITY;
                            case QUORUM -> SynchronousMode.QUORUM;
                        })
                .failsafe(situation.settings().failsafeMode(), guard.failsafe().isActive())
                .dcsLastSeen(dcsLastSeen)
                .maximumLagOnFailover(situation.settings().maximumLagOnFailover())
                .ttl(ttl)
                .published(now, now.plus(sleep))
                .fences(fences())
                .watchdogFailed(situation.orders().missingFence().isPresent())
                .decision(journal.rule(), journal.reason())
                .job(situation.job().running())
                .lastJobs(lastJobs.shown())
                .scheduledRestart(situation
                        .orders()
                        .operator()
                        .scheduledRestart()
                        .map(ScheduledRestart::shown)
                        .orElse(Map.of()))
                .complaint(situation
                        .local()
                        .complaint()
                        .or(() -> Complaints.ofFence(situation.orders().missingFence()))
                        .or(() -> world.configuration().complaint()))
                .statistics(statistics)
                .build());
    }

    /**
     * A primary that does not answer the agent is still one while its postmaster runs (facts §5.1): no connection left
     * for us, or a wrong password of ours, must not cut the clients off.
     */
    private static boolean takesWrites(Situation situation) {
        boolean silent = situation.memory().wasPrimary()
                && situation.local().mayTakeWrites()
                && situation.local().server().isEmpty()
                && !situation.isStarting();
        return situation.local().runsAsPrimary() || silent;
    }

    private List<FenceLayer> fences() {
        if (guard.isSuspended()) {
            String pause = "off: the cluster is paused";
            return List.of(new FenceLayer("lease-guard", false, pause), new FenceLayer("dead-man", false, pause));
        }
        Fence.FenceStatus deadMan = world.fence().status();
        String guarding = guard.isGuarding()
                ? "stops PostgreSQL before the lock ends"
                : guard.validUntil().isPresent()
                        ? "nothing to guard: a standby leader takes no writes"
                        : "nothing to guard: the leader lock is not held";
        List<FenceLayer> layers = new ArrayList<>();
        layers.add(new FenceLayer("lease-guard", guard.isGuarding(), guarding));
        layers.add(new FenceLayer("dead-man", deadMan.armed(), deadMan.detail()));
        world.fence()
                .device()
                .ifPresent(device -> layers.add(new FenceLayer("watchdog", device.armed(), device.detail())));
        return layers;
    }
}
