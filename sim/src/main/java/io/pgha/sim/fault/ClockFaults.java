package io.pgha.sim.fault;

import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.Optional;

/** Clocks that are wrong. */
final class ClockFaults {
    private static final int WALL_DRIFT_PPM = 50_000;
    private static final int MONOTONIC_DRIFT_PPM = 1_000;

    private ClockFaults() {}

    static Optional<Trouble> jump(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
        if (node.isPatroni()) {
            return Optional.empty();
        }
        Duration by = chance.between(Duration.ofHours(-1), Duration.ofHours(1));
        node.clock().jump(by);
        return Trouble.momentary("wall clock of " + node.name() + " jumps by " + by.toSeconds() + " s");
    }

    static Optional<Trouble> drift(World world, Chance chance) {
        SimNode node = Victims.any(world, chance);
        if (node.isPatroni()) {
            return Optional.empty();
        }
        long wall = (long) chance.below(2 * WALL_DRIFT_PPM) - WALL_DRIFT_PPM;
        long monotonic = (long) chance.below(2 * MONOTONIC_DRIFT_PPM) - MONOTONIC_DRIFT_PPM;
        node.clock().wallDrift(wall);
        node.clock().drift(monotonic);
        return Trouble.lasting(
                "clocks of " + node.name() + " drift by " + wall + " and " + monotonic + " ppm",
                chance.millis(5_000, 120_000),
                () -> {
                    node.clock().wallDrift(0);
                    node.clock().drift(0);
                });
    }
}
