package io.pgha.sim.fault;

import io.pgha.core.sync.SyncPromise;
import io.pgha.postgres.memory.DataFolder;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whole machines. */
final class NodeFaults {
    private NodeFaults() {}

    static Optional<Trouble> loss(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
        if (node.isLost()) {
            return Optional.empty();
        }
        node.lose();
        return Trouble.lasting(
                node.name() + " is lost",
                chance.between(Duration.ofSeconds(2), world.timing().ttl().multipliedBy(3)),
                node::comeBack);
    }

    /** The disk lied: what was flushed since some moment after the last checkpoint is not there. */
    static Optional<Trouble> walLost(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
        if (node.isLost() || node.isFrozen()) {
            return Optional.empty();
        }
        long bytes = chance.pick(List.of(1_000L, 10_000L, 100_000L));
        node.lose();
        world.noteLostWal();
        node.server().loseEnd(1 + chance.below((int) bytes));
        return Trouble.lasting(
                node.name() + " is lost, and with it the end of its WAL",
                chance.between(Duration.ofSeconds(1), world.timing().ttl().multipliedBy(2)),
                node::comeBack);
    }

    static Optional<Trouble> freeze(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
        if (node.isLost() || node.isFrozen() || node.deadManWasHit() || node.isPatroni()) {
            return Optional.empty();
        }
        node.freeze();
        return Trouble.lasting(
                node.name() + " stands still",
                chance.between(Duration.ofMillis(100), world.timing().ttl().multipliedBy(3)),
                node::thaw);
    }

    /** The leader and another one at once, or one again and again. */
    static Optional<Trouble> together(World world, Chance chance) {
        SimNode first = Victims.any(world, chance);
        if (first.isLost() || first.isFrozen()) {
            return Optional.empty();
        }
        if (chance.oneIn(2)) {
            return flapping(world, chance, first);
        }
        SimNode second = world.node(chance.pick(world.names()));
        if (second == first || second.isLost() || second.isFrozen()) {
            return Optional.empty();
        }
        first.lose();
        second.lose();
        Duration back =
                chance.between(Duration.ofSeconds(2), world.timing().ttl().multipliedBy(3));
        return Trouble.lasting(first.name() + " and " + second.name() + " are lost", back, () -> {
            first.comeBack();
            second.comeBack();
        });
    }

    private static Optional<Trouble> flapping(World world, Chance chance, SimNode node) {
        Duration period = chance.millis(2_000, 20_000);
        int times = 2 + chance.below(4);
        for (int i = 0; i < times; i++) {
            Duration begin = period.multipliedBy(i);
            world.scheduler().after(begin, () -> {
                if (!node.isFrozen()) {
                    node.lose();
                }
            });
            world.scheduler().after(begin.plus(period.dividedBy(2)), node::comeBack);
        }
        return Trouble.lasting(
                node.name() + " is lost " + times + " times, every " + period.toMillis() + " ms",
                period.multipliedBy(times),
                node::comeBack);
    }

    /** Only where another copy holds all of it, of a member that may lead. */
    static Optional<Trouble> dataLost(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
        if (!mayLoseData(world, node)) {
            return Optional.empty();
        }
        node.server().loseData();
        return Trouble.momentary("the data directory of " + node.name() + " is lost");
    }

    /** Only where another copy holds all of it; somebody empties the directory in the end. */
    static Optional<Trouble> foreignData(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
        if (!mayLoseData(world, node)) {
            return Optional.empty();
        }
        node.server().exchangeData();
        return Trouble.lasting(
                node.name() + " has the data of another cluster",
                chance.millis(5_000, 60_000),
                () -> node.server().loseData());
    }

    private static boolean mayLoseData(World world, SimNode node) {
        Optional<SyncPromise> promise = SyncPromise.of(world.storeView().sync());
        // Votes are counted by who has data, too.
        boolean counted = world.initialConfig().containsValue("quorum");
        boolean others = world.nodes().stream()
                .filter(other -> other != node)
                .allMatch(other ->
                        other.server().folder().filter(DataFolder::isUsable).isPresent()
                                && other.server().runs());
        if (counted && !others) {
            return false;
        }
        boolean copied = node.server()
                .folder()
                .filter(mine -> world.nodes().stream()
                        .filter(other -> other != node && !other.isLost() && other.mayLead())
                        // Nobody else may lead, whatever it has, while the key sync names this node alone.
                        .filter(other -> promise.filter(
                                        kept -> !kept.voters().contains(other.name()) && !kept.isBy(other.name()))
                                .isEmpty())
                        .flatMap(other -> other.server().folder().stream())
                        .anyMatch(copy -> copy.isUsable() && copy.contains(mine.branch(), mine.end())))
                .isPresent();
        return copied && !node.isLost() && !node.isFrozen();
    }
}
