package io.pgha.sim.fault;

import io.pgha.core.model.FailoverRequest;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * In pause an operator chooses who is to lead. Its agent dies when it has the lock and is not promoted yet; the next one finds a
 * lock of its own and, now and then, a switchover where a failover was asked for: it has to prove that it lacks no commits.
 */
final class PausedHandover {
    private static final Duration SETTLED = Duration.ofSeconds(5);
    private static final Duration BACK_IN = Duration.ofMillis(300);

    private PausedHandover() {}

    static Optional<Trouble> strike(World world, Chance chance) {
        Optional<SimNode> leader = Victims.writingLeader(world);
        List<SimNode> able = world.nodes().stream()
                .filter(node ->
                        node.mayLead() && node.agentRuns() && node.server().isStreaming())
                .toList();
        boolean manual = chance.oneIn(2);
        Duration time = chance.millis(30_000, 90_000);
        if (leader.isEmpty() || able.isEmpty() || !PauseFaults.begin(world)) {
            return Optional.empty();
        }
        SimNode candidate = chance.pick(able);
        FailoverRequest failover =
                new FailoverRequest(Optional.empty(), Optional.of(candidate.name()), Optional.empty(), 0);
        FailoverRequest switchover = new FailoverRequest(
                Optional.of(leader.get().name()), Optional.of(candidate.name()), Optional.empty(), 0);
        world.scheduler().after(SETTLED, () -> {
            if (PauseFaults.isPaused(world)) {
                Operator.write(world, manual ? failover : switchover);
            }
        });
        world.onMilestone((node, what) -> {
            if (node == candidate && what.equals("lock")) {
                world.onMilestone((ignored, words) -> {});
                world.scheduler().after(Duration.ZERO, () -> diesWithTheLock(world, node, switchover));
            }
        });
        return Trouble.lasting(
                "in pause an operator wants " + candidate.name() + " to lead, whose agent dies when it has the lock",
                time,
                () -> {
                    world.onMilestone((ignored, words) -> {});
                    PauseFaults.resume(world);
                });
    }

    private static void diesWithTheLock(World world, SimNode node, FailoverRequest meanwhile) {
        if (Victims.agentMayBeHit(node)) {
            node.killAgent();
            Operator.write(world, meanwhile);
            node.startAgentIn(BACK_IN);
        }
    }
}
