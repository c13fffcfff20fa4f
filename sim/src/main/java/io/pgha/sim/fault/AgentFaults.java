package io.pgha.sim.fault;

import io.pgha.sim.kernel.Chance;
import io.pgha.sim.kernel.SimProcess;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Agents and dead-men that die, freeze or are late. */
final class AgentFaults {
    private static final List<String> MOMENTS =
            List.of("lock", "promote", "pg_rewind", "creating replica", "demote", "");
    private static final Duration LATEST = Duration.ofMillis(150);

    private AgentFaults() {}

    static Optional<Trouble> crash(World world, Chance chance) {
        return Victims.agent(world, chance).flatMap(node -> {
            node.killAgent();
            return Trouble.lasting("agent of " + node.name() + " is killed", absence(world, chance), node::startAgent);
        });
    }

    private static Duration absence(World world, Chance chance) {
        return chance.oneIn(2)
                ? chance.millis(200, 3000)
                : chance.between(Duration.ofSeconds(3), world.timing().ttl().multipliedBy(2));
    }

    /** Its service manager starts it again some seconds after it has ended. */
    static Optional<Trouble> stop(World world, Chance chance) {
        return Optional.of(Victims.any(world, chance))
                .filter(node -> node.agentRuns() && !node.deadManWasHit())
                .flatMap(node -> {
                    node.stopAgent();
                    return Trouble.momentary("agent of " + node.name() + " is told to stop");
                });
    }

    static Optional<Trouble> freezeShort(World world, Chance chance) {
        Duration most = world.timing().ttl().dividedBy(2);
        return Victims.agent(world, chance).flatMap(node -> freeze(node, chance.between(Duration.ofMillis(10), most)));
    }

    static Optional<Trouble> freezeLong(World world, Chance chance) {
        Duration ttl = world.timing().ttl();
        return Victims.agent(world, chance)
                .flatMap(node -> freeze(node, chance.between(ttl.dividedBy(2), ttl.multipliedBy(3))));
    }

    private static Optional<Trouble> freeze(SimNode node, Duration time) {
        node.freezeAgent();
        return Trouble.lasting("agent of " + node.name() + " is frozen", time, node::thawAgent);
    }

    static Optional<Trouble> upgrade(World world, Chance chance) {
        Duration gap = chance.millis(500, 8_000);
        Duration at = Duration.ZERO;
        for (SimNode node : world.nodes()) {
            if (Victims.agentMayBeHit(node)) {
                world.scheduler().after(at, node::upgradeAgent);
                at = at.plus(gap);
            }
        }
        return at.isZero() ? Optional.empty() : Trouble.lasting("agents are upgraded one by one", at, () -> {});
    }

    static Optional<Trouble> starved(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
        Duration most = chance.between(Duration.ofMillis(20), LATEST);
        if (node.isPatroni()) {
            return Optional.empty();
        }
        Chance lags = chance.split();
        node.starve(Optional.of(() -> lags.between(Duration.ZERO, most)));
        return Trouble.lasting(
                node.name() + " is starved of CPU, up to " + most.toMillis() + " ms at each step",
                chance.millis(2_000, 60_000),
                () -> node.starve(Optional.empty()));
    }

    /** Waits for the next Job of that kind, or the next lock, and kills the agent soon after. */
    static Optional<Trouble> killedMidway(World world, Chance chance) {
        String moment = chance.pick(MOMENTS);
        Duration delay = chance.oneIn(2) ? chance.millis(0, 200) : chance.millis(0, 6_000);
        Duration back = absence(world, chance);
        world.onMilestone((node, what) -> {
            if (!moment.isEmpty() && !moment.equals(what)) {
                return;
            }
            world.onMilestone((ignored, words) -> {});
            world.scheduler().after(delay, () -> {
                if (Victims.agentMayBeHit(node)) {
                    world.trace().line("fault", "agent of " + node.name() + " is killed in: " + what);
                    node.killAgent();
                    node.startAgentIn(back);
                }
            });
        });
        return Trouble.lasting(
                "an agent will be killed in: " + (moment.isEmpty() ? "its next Job" : moment),
                chance.millis(20_000, 120_000),
                () -> world.onMilestone((ignored, words) -> {}));
    }

    static Optional<Trouble> deadMan(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
        Duration settled = world.timing().loopWait().multipliedBy(2).plusSeconds(5);
        List<SimProcess> running = node.deadMen().alive().stream()
                .map(deadMan -> deadMan.process())
                .filter(SimProcess::runs)
                .toList();
        if (running.isEmpty() || !node.agentRuns() || node.agentAge().compareTo(settled) < 0) {
            return Optional.empty();
        }
        if (chance.oneIn(2)) {
            node.deadManHit(settled);
            running.forEach(SimProcess::kill);
            return Trouble.momentary("dead-man of " + node.name() + " is killed");
        }
        Duration time =
                chance.between(Duration.ofSeconds(1), world.timing().ttl().multipliedBy(2));
        node.deadManHit(time.plus(settled));
        running.forEach(SimProcess::freeze);
        return Trouble.lasting(
                "dead-man of " + node.name() + " is frozen", time, () -> running.forEach(SimProcess::thaw));
    }
}
