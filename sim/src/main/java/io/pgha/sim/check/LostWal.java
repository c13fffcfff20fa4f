package io.pgha.sim.check;

import io.pgha.core.model.Lsn;
import io.pgha.core.sync.SyncPromise;
import io.pgha.postgres.memory.Branch;
import io.pgha.postgres.memory.DataFolder;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.postgres.memory.ServerWitness;
import io.pgha.sim.world.Network;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which servers lost WAL that they had flushed (fault 61), and what nobody can promise after that: PostgreSQL takes what is
 * flushed for safe.
 */
final class LostWal implements ServerWitness {
    private final World world;
    private final Set<String> losers = new HashSet<>();

    LostWal(World world) {
        this.world = world;
        world.addWitness(this);
    }

    @Override
    public void lostEnd(MemoryServer server, DataFolder folder) {
        losers.add(server.name());
    }

    /** Whether nobody whom the key {@code sync} names has the commit any more. */
    boolean isGone(Branch written, Lsn end, Optional<SyncPromise> promise) {
        return world.nodes().stream()
                .filter(node -> promise.filter(kept ->
                                !kept.isBy(node.name()) && !kept.voters().contains(node.name()))
                        .isEmpty())
                .noneMatch(node -> has(node, written, end));
    }

    /**
     * Whether this server lacks the commit because its own disk lost it, and could not find that out: nobody who answers it has
     * it and may lead. The last leader is not asked, for what it has beyond those that the key names was not acknowledged.
     */
    boolean couldNotKnow(MemoryServer server, Branch written, Lsn end, Optional<SyncPromise> promise) {
        return losers.contains(server.name())
                && world.nodes().stream()
                        .filter(node -> node.server() != server)
                        .filter(node ->
                                promise.filter(kept -> kept.isBy(node.name())).isEmpty())
                        .noneMatch(node -> has(node, written, end) && answers(node, server));
    }

    private boolean answers(SimNode node, MemoryServer asking) {
        return node.agentRuns()
                && !node.agentIsFrozen()
                && node.mayLead()
                && node.server().answers()
                && world.network().connected(asking.name(), node.name(), Network.Port.REST);
    }

    private static boolean has(SimNode node, Branch written, Lsn end) {
        return node.server()
                .folder()
                .filter(folder -> folder.isUsable() && folder.contains(written, end))
                .isPresent();
    }
}
