package io.pgha.sim.fault;

import io.pgha.postgres.memory.Step;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What goes wrong while a cluster is made. */
final class BirthFaults {
    private BirthFaults() {}

    static Optional<Trouble> birth(World world, Chance chance) {
        if (world.storeView().initialize().filter(id -> !id.isEmpty()).isPresent()) {
            return Optional.empty();
        }
        return switch (chance.below(3)) {
            case 0 -> initdbFails(world, chance);
            case 1 -> claimLost(world, chance);
            default -> dies(world, chance);
        };
    }

    private static Optional<Trouble> initdbFails(World world, Chance chance) {
        Step step = chance.pick(List.of(Step.INITDB, Step.START, Step.BASEBACKUP));
        List<SimNode> where = world.nodes().stream()
                .filter(node -> node.mayLead() || chance.oneIn(2))
                .toList();
        where.forEach(node -> node.luck().forbid(step, "it fails"));
        return Trouble.lasting(
                step + " fails as the cluster is made",
                chance.millis(2_000, 30_000),
                () -> where.forEach(node -> node.luck().allow(step)));
    }

    private static Optional<Trouble> claimLost(World world, Chance chance) {
        Duration delay = chance.millis(0, 2_500);
        world.onMilestone((node, what) -> {
            if (what.equals("bootstrap")) {
                world.onMilestone((ignored, words) -> {});
                world.scheduler().after(delay, () -> {
                    if (world.storeView().initialize().equals(Optional.of(""))) {
                        world.trace().line("fault", "the key initialize is deleted");
                        world.store().delete(World.KEYS.initialize());
                    }
                });
            }
        });
        return Trouble.lasting(
                "the claim to initialise will be lost",
                Duration.ofSeconds(40),
                () -> world.onMilestone((ignored, words) -> {}));
    }

    private static Optional<Trouble> dies(World world, Chance chance) {
        Duration delay = chance.millis(1_500, 4_500);
        world.onMilestone((node, what) -> {
            if (what.equals("bootstrap")) {
                world.onMilestone((ignored, words) -> {});
                world.scheduler().after(delay, () -> node.server().quit());
            }
        });
        return Trouble.lasting(
                "PostgreSQL will die as the cluster is made",
                Duration.ofSeconds(40),
                () -> world.onMilestone((ignored, words) -> {}));
    }
}
