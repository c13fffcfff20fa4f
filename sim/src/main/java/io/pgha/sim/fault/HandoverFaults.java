package io.pgha.sim.fault;

import io.pgha.core.model.FailoverRequest;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.Network;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Switchovers whose replication connections break in the worst moment. */
final class HandoverFaults {
    private static final Duration AT_MOST = Duration.ofSeconds(45);

    private HandoverFaults() {}

    /** A switchover, and as the primary stops nobody gets its last WAL for a while, or one member alone. */
    static Optional<Trouble> cut(World world, Chance chance) {
        Optional<SimNode> leader = Victims.writingLeader(world);
        if (leader.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> candidate = chance.oneIn(2) ? Optional.of(chance.pick(world.names())) : Optional.empty();
        Runnable mend = cutAsItStops(world, leader.get(), chance);
        Operator.write(world, new FailoverRequest(Optional.of(leader.get().name()), candidate, Optional.empty(), 0));
        return Trouble.lasting(
                "a switchover from " + leader.get().name() + " to " + candidate.orElse("anybody")
                        + ", cut from its standbys as it stops",
                chance.between(Duration.ofSeconds(5), AT_MOST),
                mend);
    }

    /** Arms it; the answer mends it. */
    static Runnable cutAsItStops(World world, SimNode leader, Chance chance) {
        Duration delay = chance.millis(0, 150);
        boolean oneIsSpared = chance.oneIn(4);
        List<String> others = world.names().stream()
                .filter(name -> !name.equals(leader.name()))
                .toList();
        Optional<String> spared = oneIsSpared ? Optional.of(chance.pick(others)) : Optional.empty();
        List<String> cut = others.stream()
                .filter(name -> !spared.equals(Optional.of(name)))
                .toList();
        world.onMilestone((node, what) -> {
            if (node != leader || !what.equals("demote")) {
                return;
            }
            world.onMilestone((ignored, words) -> {});
            world.scheduler().after(delay, () -> {
                world.trace().line("fault", leader.name() + " is cut from its standbys " + cut + " as it stops");
                cut.forEach(name -> world.network().close(name, leader.name(), Network.Port.POSTGRES));
            });
        });
        return () -> {
            world.onMilestone((ignored, words) -> {});
            cut.forEach(name -> world.network().open(name, leader.name(), Network.Port.POSTGRES));
        };
    }
}
