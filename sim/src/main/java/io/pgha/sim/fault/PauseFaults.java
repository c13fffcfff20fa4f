package io.pgha.sim.fault;

import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.RestartOrder;
import io.pgha.postgres.memory.Step;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators who pause the cluster (facts §5.17), and what they and others do meanwhile. */
final class PauseFaults {
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private PauseFaults() {}

    static Optional<Trouble> pause(World world, Chance chance) {
        Duration time =
                chance.between(Duration.ofSeconds(3), world.timing().ttl().multipliedBy(3));
        return begin(world) ? Trouble.lasting("the cluster is paused", time, () -> resume(world)) : Optional.empty();
    }

    /** A pause in which much happens: handovers, orders, crashes, keys that vanish. */
    static Optional<Trouble> work(World world, Chance chance) {
        if (world.storeView().leader().isEmpty() || !begin(world)) {
            return Optional.empty();
        }
        Duration time = chance.millis(40_000, 150_000);
        List<Runnable> mend = new ArrayList<>();
        int acts = 2 + chance.below(4);
        for (int i = 0; i < acts; i++) {
            Chance own = chance.split();
            world.scheduler().after(SETTLED.plus(own.between(Duration.ZERO, time.minus(SETTLED))), () -> {
                if (isPaused(world)) {
                    world.trace().line("fault", "in pause: " + act(world, own, mend));
                }
            });
        }
        return Trouble.lasting("the cluster is paused for work", time, () -> {
            mend.forEach(Runnable::run);
            resume(world);
        });
    }

    private static String act(World world, Chance chance, List<Runnable> mend) {
        Optional<SimNode> leader =
                world.storeView().leader().filter(world.names()::contains).map(world::node);
        SimNode any = world.node(chance.pick(world.names()));
        return switch (chance.below(12)) {
            case 0, 1, 2, 11 -> handover(world, leader, any, chance, mend);
            case 3 -> request(world, Optional.empty(), Optional.of(any.name()));
            case 4, 5 -> any.agentRuns() ? OrderFaults.order(world, any, chance) : "nothing";
            case 6 -> chance.oneIn(2) ? crash(any) : stop(any);
            case 7 -> keyGone(world);
            case 8 -> slowRestart(world, any, chance, mend);
            case 9 -> agentGone(leader.orElse(any), any, world, mend);
            default -> lostReplies(world, leader.orElse(any), chance, mend);
        };
    }

    /** To a candidate or to anybody; now and then the primary dies as it stops, or the candidate refuses. */
    private static String handover(
            World world, Optional<SimNode> leader, SimNode candidate, Chance chance, List<Runnable> mend) {
        if (leader.isEmpty()) {
            return "nobody leads";
        }
        Optional<String> to = chance.oneIn(4) ? Optional.empty() : Optional.of(candidate.name());
        String more = "";
        if (chance.oneIn(2)) {
            more = diesAsItStops(world, leader.get(), chance);
        } else if (chance.oneIn(2)) {
            mend.add(HandoverFaults.cutAsItStops(world, leader.get(), chance));
            more = ", and its standbys are cut from it as it stops";
        } else if (chance.oneIn(3)) {
            candidate.luck().forbid(Step.PRE_PROMOTE, "pre_promote says no");
            mend.add(() -> candidate.luck().allow(Step.PRE_PROMOTE));
            more = ", and the candidate refuses";
        }
        return request(world, leader.map(SimNode::name), to) + more;
    }

    /** PostgreSQL of the old leader, and now and then its agent stands still until another one leads. */
    private static String diesAsItStops(World world, SimNode leader, Chance chance) {
        Duration delay = chance.millis(0, 100);
        boolean agentToo = chance.oneIn(2);
        Duration expired = world.timing().ttl().plusSeconds(5);
        world.onMilestone((node, what) -> {
            if (node != leader || !what.equals("demote")) {
                return;
            }
            world.onMilestone((ignored, words) -> {});
            world.scheduler().after(delay, () -> {
                if (agentToo && Victims.agentMayBeHit(node)) {
                    node.freezeAgent();
                    world.scheduler().after(expired, node::thawAgent);
                }
                node.server().quit();
            });
        });
        return ", and PostgreSQL dies as it stops" + (agentToo ? ", its agent stands still" : "");
    }

    private static String request(World world, Optional<String> leader, Optional<String> candidate) {
        Operator.write(world, new FailoverRequest(leader, candidate, Optional.empty(), 0));
        return "an operator wants " + candidate.orElse("anybody") + " to lead instead of " + leader.orElse("anybody");
    }

    private static String crash(SimNode node) {
        node.server().quit();
        return "postmaster of " + node.name() + " is killed";
    }

    private static String stop(SimNode node) {
        node.stopAgent();
        return "agent of " + node.name() + " is told to stop";
    }

    private static String keyGone(World world) {
        world.store().delete(World.KEYS.leader());
        return "the leader key is deleted";
    }

    /** The agent of the leader is away until the pause ends, its lock expires, and another one is chosen. */
    private static String agentGone(SimNode leader, SimNode other, World world, List<Runnable> mend) {
        leader.killAgent();
        Duration expired = world.timing().ttl().plusSeconds(2);
        world.scheduler().after(expired, () -> {
            if (isPaused(world) && other != leader) {
                request(world, Optional.empty(), Optional.of(other.name()));
            }
        });
        leader.startAgentIn(expired.plusSeconds(15));
        mend.add(leader::startAgent);
        return "agent of " + leader.name() + " is killed, and " + other.name() + " is chosen";
    }

    private static String lostReplies(World world, SimNode node, Chance chance, List<Runnable> mend) {
        world.etcd().loseReplies(node.name(), 1 + chance.below(3));
        mend.add(() -> world.etcd().clear(node.name()));
        return "replies of etcd to " + node.name() + " are lost";
    }

    /** PostgreSQL starts slowly, and the agent is killed meanwhile. */
    private static String slowRestart(World world, SimNode node, Chance chance, List<Runnable> mend) {
        node.luck().start(Optional.of(Duration.ofSeconds(6)));
        mend.add(() -> node.luck().start(Optional.empty()));
        node.order(inbox -> inbox.restart(RestartOrder.PLAIN));
        world.scheduler().after(chance.millis(800, 3_000), () -> {
            if (Victims.agentMayBeHit(node)) {
                node.killAgent();
                node.startAgentIn(Duration.ofMillis(200));
            }
        });
        return "an operator restarts " + node.name() + ", which takes long, and its agent is killed";
    }

    static boolean isPaused(World world) {
        return world.config().filter(config -> config.containsKey("pause")).isPresent();
    }

    /** Pauses the cluster; false: it is paused, or has no configuration. */
    static boolean begin(World world) {
        Optional<Map<String, Object>> config = world.config().filter(values -> !values.containsKey("pause"));
        config.ifPresent(values -> {
            values.put("pause", true);
            world.configure(values);
        });
        return config.isPresent();
    }

    static void resume(World world) {
        world.config().ifPresent(values -> {
            values.remove("pause");
            world.configure(values);
        });
    }
}
