package io.pgha.sim.fault;

import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.util.Optional;

/** Who is hit. */
final class Victims {
    private Victims() {}

    /** The leader in every second case, as it is there where it hurts. */
    static SimNode any(World world, Chance chance) {
        Optional<String> leader = world.storeView().leader().filter(world.names()::contains);
        return chance.oneIn(2) && leader.isPresent()
                ? world.node(leader.get())
                : world.node(chance.pick(world.names()));
    }

    /** The leader, where its PostgreSQL takes writes. */
    static Optional<SimNode> writingLeader(World world) {
        return world.storeView()
                .leader()
                .filter(world.names()::contains)
                .map(world::node)
                .filter(node -> node.server().acceptsWrites());
    }

    /**
     * Where the agent may be hit: not where the dead-man has just been hit. Both at once is more than pgha promises
     * to stand (reliability.md S1), as long as the agent has had no time to notice. Patroni has no dead-man at all.
     */
    static Optional<SimNode> agent(World world, Chance chance) {
        return Optional.of(any(world, chance)).filter(Victims::agentMayBeHit);
    }

    static boolean agentMayBeHit(SimNode node) {
        return node.agentRuns() && !node.deadManWasHit() && !node.isPatroni();
    }
}
