package io.pgha.sim.fault;

import io.pgha.postgres.memory.Step;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** PostgreSQL that dies, hangs or fails. */
final class PostgresFaults {
    private PostgresFaults() {}

    private static Optional<SimNode> running(World world, Chance chance) {
        return Optional.of(Victims.any(world, chance))
                .filter(node -> node.server().runs() && !node.isFrozen());
    }

    static Optional<Trouble> crash(World world, Chance chance) {
        return running(world, chance).flatMap(node -> {
            node.server().quit();
            return Trouble.momentary("postmaster of " + node.name() + " is killed");
        });
    }

    static Optional<Trouble> stopped(World world, Chance chance) {
        return running(world, chance).flatMap(node -> {
            node.server().shutDown();
            return Trouble.momentary("PostgreSQL of " + node.name() + " is stopped by somebody");
        });
    }

    static Optional<Trouble> hang(World world, Chance chance) {
        return running(world, chance).flatMap(node -> {
            node.server().hang(true);
            return Trouble.lasting("PostgreSQL of " + node.name() + " hangs", chance.millis(500, 30_000), () -> {
                if (!node.isFrozen()) {
                    node.server().hang(false);
                }
            });
        });
    }

    static Optional<Trouble> trouble(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
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

    static Optional<Trouble> cannotStart(World world, Chance chance) {
        return running(world, chance).flatMap(node -> {
            node.luck().forbid(Step.START, "it cannot be started");
            node.server().quit();
            return Trouble.lasting(
                    "PostgreSQL of " + node.name() + " is killed and cannot be started",
                    chance.millis(1_000, 90_000),
                    () -> node.luck().allow(Step.START));
        });
    }

    static Optional<Trouble> longRecovery(World world, Chance chance) {
        return running(world, chance).flatMap(node -> {
            Duration time = chance.between(Duration.ofSeconds(5), Duration.ofMinutes(3));
            node.luck().recovery(Optional.of(time));
            node.server().quit();
            return Trouble.lasting(
                    "PostgreSQL of " + node.name() + " is killed and recovers for " + time.toSeconds() + " s",
                    time.plusSeconds(5),
                    () -> {
                        node.luck().recovery(Optional.empty());
                        node.server().hurry();
                    });
        });
    }

    static Optional<Trouble> replayPaused(World world, Chance chance) {
        SimNode node = world.node(chance.pick(world.names()));
        node.server().pauseReplay(true);
        return Trouble.lasting(
                "replay on " + node.name() + " is paused",
                chance.millis(2_000, 120_000),
                () -> node.server().pauseReplay(false));
    }

    /** WAL cannot be written: PostgreSQL panics, and again as soon as it has recovered. */
    static Optional<Trouble> diskFull(World world, Chance chance) {
        return running(world, chance).flatMap(node -> {
            for (Step step : new Step[] {Step.START, Step.BASEBACKUP, Step.REWIND, Step.CRASH_RECOVERY}) {
                node.luck().forbid(step, "no space left on device");
            }
            node.server().quit();
            return Trouble.lasting("disk of " + node.name() + " is full", chance.millis(2_000, 60_000), () -> {
                for (Step step : new Step[] {Step.START, Step.BASEBACKUP, Step.REWIND, Step.CRASH_RECOVERY}) {
                    node.luck().allow(step);
                }
            });
        });
    }

    /** The file system is away. */
    static Optional<Trouble> unreadable(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
        if (node.isFrozen() || node.isLost()) {
            return Optional.empty();
        }
        node.server().unreadable(true);
        return Trouble.lasting(
                "the data of " + node.name() + " cannot be read",
                chance.millis(2_000, 60_000),
                () -> node.server().unreadable(false));
    }

    /** The leader is gone, and some of those who might follow may not be promoted. */
    static Optional<Trouble> promotionRefused(World world, Chance chance) {
        SimNode leader = Victims.any(world, chance);
        if (leader.isLost() || leader.isFrozen()) {
            return Optional.empty();
        }
        List<SimNode> unwilling =
                world.nodes().stream().filter(node -> !chance.oneIn(3)).toList();
        unwilling.forEach(node -> node.luck().forbid(Step.PRE_PROMOTE, "pre_promote says no"));
        leader.lose();
        return Trouble.lasting(
                leader.name() + " is lost, and pre_promote refuses on " + names(unwilling),
                chance.between(Duration.ofSeconds(5), world.timing().ttl().multipliedBy(2)),
                () -> {
                    unwilling.forEach(node -> node.luck().allow(Step.PRE_PROMOTE));
                    leader.comeBack();
                });
    }

    private static List<String> names(List<SimNode> nodes) {
        return nodes.stream().map(SimNode::name).toList();
    }

    static Optional<Trouble> watchdog(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
        node.missingWatchdog(Optional.of("the device cannot be opened"));
        return Trouble.lasting(
                "the watchdog device that " + node.name() + " needs is missing",
                chance.millis(2_000, 60_000),
                () -> node.missingWatchdog(Optional.empty()));
    }
}
