package io.pgha.sim.fault;

import io.pgha.core.model.FailoverRequest;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.util.Comparator;
import java.util.Optional;

/**
 * What an operator does where no member may lead by itself, because who had the commits has lost them with its disk: orders a
 * failover to whoever has the most.
 */
public final class LastResort {
    private LastResort() {}

    /** Orders it, unless somebody leads. */
    public static void failOver(World world) {
        if (world.storeView().leader().isPresent()) {
            return;
        }
        world.nodes().stream()
                .filter(node -> node.mayLead() && node.server().answers())
                .max(Comparator.comparing(
                        (SimNode node) -> node.server().folder().orElseThrow().end()))
                .ifPresent(best -> {
                    world.trace().line("operator", "nobody may lead: failover to " + best.name());
                    Operator.write(
                            world,
                            new FailoverRequest(Optional.empty(), Optional.of(best.name()), Optional.empty(), 0));
                });
    }
}
