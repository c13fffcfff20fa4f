package io.pgha.agent.loop;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.slots.PublishedSlots;
import io.pgha.core.slots.SlotPlan;
import io.pgha.core.slots.SlotPlanner;
import io.pgha.core.slots.SlotRetention;
import io.pgha.postgres.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps this node's replication slots as they should be (facts §5.14), in the background. */
final class SlotUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(SlotUpkeep.class);

    private final Surroundings world;
    /** What background work could not do; it is told by the loop. */
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    private SlotRetention retention = SlotRetention.NONE;
    private Set<String> told = Set.of();
    private Optional<MonotonicTime> triedAt = Optional.empty();
    private List<List<String>> tried = List.of();

    SlotUpkeep(Surroundings world) {
        this.world = world;
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

    /** Changes what has to be changed. */
    void run(Situation situation, ServerStatus server) {
        SlotPlanner planner = planner(situation, server);
        tell(planner.remarks());
        SlotPlan plan = mayDrop(situation) ? planner.plan() : planner.plan().withoutDrops();
        if (!plan.isEmpty() && isDue(situation, plan)) {
            world.jobs().background("slots", () -> {
                Result result = world.postgres().applySlots(plan);
                if (!result.succeeded()) {
                    failures.add(result.message());
                }
            });
        }
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

    /** What failed is tried again after loop_wait, and so is what moves all the time; what is new is done at once. */
    private boolean isDue(Situation situation, SlotPlan plan) {
        MonotonicTime now = world.clock().now();
        List<List<String>> wanted = List.of(plan.drop(), plan.create());
        boolean same =
                wanted.equals(tried) || (plan.drop().isEmpty() && plan.create().isEmpty());
        boolean early = triedAt.filter(
                        at -> now.since(at).compareTo(situation.settings().loopWait()) < 0)
                .isPresent();
        if (same && early) {
            return false;
        }
        triedAt = Optional.of(now);
        tried = wanted;
        return true;
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
}
