package io.pgha.agent.loop;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.slots.LogicalSlotPlan;
import io.pgha.core.slots.PublishedSlots;
import io.pgha.core.slots.SlotCondition;
import io.pgha.core.slots.SlotPlan;
import io.pgha.core.slots.SlotPlanner;
import io.pgha.core.slots.SlotRetention;
import io.pgha.postgres.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps this node's replication slots as they should be (facts §5.14), in the background. */
final class SlotUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(SlotUpkeep.class);

    private final Surroundings world;
    private final ReadinessWatch readiness;
    /** What background work could not do; it is told by the loop. */
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    /** What failed the last time, by the name of the work: the same is not said at every attempt. */
    private final Map<String, String> failing = new ConcurrentHashMap<>();

    private SlotRetention retention = SlotRetention.NONE;
    private Set<String> told = Set.of();
    /** Whether the server was a standby when it was seen last. */
    private boolean standby;

    private Optional<Map<String, SlotCondition>> conditions = Optional.empty();
    private final Patience physical = new Patience();
    private final Patience logical = new Patience();

    SlotUpkeep(Surroundings world) {
        this.world = world;
        this.readiness = new ReadinessWatch(world);
    }

    /** What a leader publishes. */
    ClusterStatus status(Situation situation, ServerStatus server) {
        retention = retention.leading(
                situation.view(), situation.settings(), world.clock().now());
        return PublishedSlots.of(situation.settings(), server, planner(situation, server), retention);
    }

    /** For a node that does not lead. */
    void follow(Situation situation) {
        retention = retention.following(
                situation.view(), situation.settings(), world.clock().now());
    }

    /** Whether consumers of logical slots could go on with this node, by slot; empty: not known, or the cluster has none. */
    Optional<Map<String, SlotCondition>> conditions() {
        return conditions;
    }

    private static boolean keepsLogicalSlots(Situation situation) {
        return situation.settings().permanentSlots().values().stream()
                .anyMatch(slot -> slot instanceof PermanentSlot.Logical);
    }

    /** The server does not answer, or is being worked on: what was known of its slots may not be so any more. */
    void notSeen() {
        conditions = Optional.empty();
    }

    /** Changes what has to be changed. */
    void run(Situation situation, ServerStatus server) {
        if (standby && !server.inRecovery()) {
            readiness.promoted();
        }
        standby = server.inRecovery();
        SlotPlanner planner = planner(situation, server);
        tell(planner.remarks());
        SlotPlan plan = mayDrop(situation) ? planner.plan() : planner.plan().withoutDrops();
        carryOut(situation, plan, planner.logical());
        readiness.run(situation, server, planner);
        conditions =
                keepsLogicalSlots(situation) ? Optional.of(planner.conditions(readiness.unsafe())) : Optional.empty();
    }

    private void carryOut(Situation situation, SlotPlan plan, LogicalSlotPlan decoding) {
        if (!plan.isEmpty()
                && physical.isDue(
                        situation,
                        List.of(plan.drop(), plan.create()),
                        world.clock().now())) {
            Runnable work = reporting("slots", () -> world.postgres().applySlots(plan));
            if (plan.equals(plan.onlyMoves())) {
                world.jobs().backgroundQuietly("slots", work);
            } else {
                world.jobs().background("slots", work);
            }
        }
        if (!decoding.isEmpty()
                && logical.isDue(situation, decoding.create(), world.clock().now())) {
            Runnable work = reporting("logical slots", () -> world.postgres().applyLogicalSlots(decoding));
            if (decoding.create().isEmpty()) {
                world.jobs().backgroundQuietly("logical slots", work);
            } else {
                world.jobs().background("logical slots", work);
            }
        }
    }

    private Runnable reporting(String name, Supplier<Result> work) {
        return () -> {
            Result result = work.get();
            String before = Objects.requireNonNullElse(
                    result.succeeded() ? failing.remove(name) : failing.put(name, result.message()), "");
            if (!result.succeeded() && !before.equals(result.message())) {
                failures.add(result.message());
            }
        };
    }

    private SlotPlanner planner(Situation situation, ServerStatus server) {
        return new SlotPlanner(situation.view(), situation.settings(), server, retention.names());
    }

    /**
     * In pause slots are left alone (facts §5.17). A configuration that is not the cluster's, because that one is
     * missing or wrong, tells of no slot to be dropped.
     */
    private boolean mayDrop(Situation situation) {
        boolean known = situation
                .view()
                .config()
                .filter(world.configuration()::isInForce)
                .isPresent();
        return known && !situation.paused();
    }

    /** Each sentence once, until it is not true any more. */
    private void tell(List<String> remarks) {
        List<String> failed = new ArrayList<>();
        for (String failure = failures.poll(); failure != null; failure = failures.poll()) {
            failed.add(failure);
        }
        Set<String> now = new HashSet<>(remarks);
        now.stream().filter(remark -> !told.contains(remark)).forEach(remark -> LOG.warn("{}", remark));
        failed.forEach(failure -> LOG.warn("{}", failure));
        told = now;
    }

    /** The same for what the members were told by a primary in failsafe mode: slots are moved, and that is all. */
    void moveAsToldBy(FailsafePing ping, Situation situation, ServerStatus server) {
        Optional<ClusterView> view = situation
                .memory()
                .lastLedView()
                .map(seen -> seen.withLeader(LeaderLock.assumed(ping.name())).withSlots(ping.slots()));
        if (view.isEmpty() || situation.paused() || !server.inRecovery()) {
            return;
        }
        SlotPlanner planner = new SlotPlanner(view.get(), situation.settings(), server, retention.names());
        carryOut(situation, planner.plan().onlyMoves(), planner.logical().onlyMoves());
    }
}
