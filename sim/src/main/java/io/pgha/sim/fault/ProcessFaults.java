package io.pgha.sim.fault;

import io.pgha.sim.kernel.Chance;
import io.pgha.sim.kernel.SimProcess;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Processes and machines that die, freeze or misbehave. */
final class ProcessFaults {
    private ProcessFaults() {}

    static Optional<Trouble> agentCrash(World world, Chance chance) {
        return agentToHit(world, chance).flatMap(node -> {
            node.killAgent();
            Duration back = chance.oneIn(2)
                    ? chance.millis(200, 3000)
                    : chance.between(Duration.ofSeconds(3), world.timing().ttl().multipliedBy(2));
            return Trouble.lasting("agent of " + node.name() + " is killed", back, node::startAgent);
        });
    }

    static Optional<Trouble> agentFreezeShort(World world, Chance chance) {
        return agentToHit(world, chance)
                .flatMap(node -> freeze(
                        node,
                        chance.between(
                                Duration.ofMillis(10), world.timing().ttl().dividedBy(2))));
    }

    static Optional<Trouble> agentFreezeLong(World world, Chance chance) {
        Duration ttl = world.timing().ttl();
        return agentToHit(world, chance)
                .flatMap(node -> freeze(node, chance.between(ttl.dividedBy(2), ttl.multipliedBy(3))));
    }

    private static Optional<Trouble> freeze(SimNode node, Duration time) {
        node.freezeAgent();
        return Trouble.lasting("agent of " + node.name() + " is frozen", time, node::thawAgent);
    }

    /**
     * Where the agent may be hit: not where the dead-man has just been hit. Both at once is more than pgha promises
     * to stand (reliability.md S1), as long as the agent has had no time to notice.
     */
    private static Optional<SimNode> agentToHit(World world, Chance chance) {
        SimNode node = pickNode(world, chance);
        return node.agentRuns() && !node.deadManWasHit() ? Optional.of(node) : Optional.empty();
    }

    static Optional<Trouble> deadMan(World world, Chance chance) {
        SimNode node = pickNode(world, chance);
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

    static Optional<Trouble> postgresCrash(World world, Chance chance) {
        SimNode node = pickNode(world, chance);
        if (!node.server().runs()) {
            return Optional.empty();
        }
        node.server().quit();
        return Trouble.momentary("postmaster of " + node.name() + " is killed");
    }

    static Optional<Trouble> postgresHang(World world, Chance chance) {
        SimNode node = pickNode(world, chance);
        if (!node.server().runs()) {
            return Optional.empty();
        }
        node.server().hang(true);
        return Trouble.lasting(
                "PostgreSQL of " + node.name() + " hangs",
                chance.millis(500, 30_000),
                () -> node.server().hang(false));
    }

    static Optional<Trouble> nodeLoss(World world, Chance chance) {
        SimNode node = pickNode(world, chance);
        if (node.isLost()) {
            return Optional.empty();
        }
        node.lose();
        return Trouble.lasting(
                node.name() + " is lost",
                chance.between(Duration.ofSeconds(2), world.timing().ttl().multipliedBy(3)),
                node::comeBack);
    }

    static Optional<Trouble> wallClock(World world, Chance chance) {
        SimNode node = pickNode(world, chance);
        Duration by = chance.between(Duration.ofHours(-1), Duration.ofHours(1));
        node.clock().jump(by);
        return Trouble.momentary("wall clock of " + node.name() + " jumps by " + by.toSeconds() + " s");
    }

    static Optional<Trouble> postgresTrouble(World world, Chance chance) {
        SimNode node = pickNode(world, chance);
        if (chance.oneIn(2)) {
            node.luck().slow(2 + chance.below(20));
        }
        if (chance.oneIn(2)) {
            node.luck().fail(2 + chance.below(4));
        }
        return Trouble.lasting(
                "PostgreSQL of " + node.name() + " is slow or its tools fail", chance.millis(5_000, 60_000), () -> {
                    node.luck().slow(1);
                    node.luck().fail(0);
                });
    }

    private static SimNode pickNode(World world, Chance chance) {
        // The leader is where it hurts.
        Optional<String> leader = world.storeView().leader();
        return chance.oneIn(2) && leader.isPresent()
                ? world.node(leader.get())
                : world.node(chance.pick(world.names()));
    }
}
