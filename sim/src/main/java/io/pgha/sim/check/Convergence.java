package io.pgha.sim.check;

import io.pgha.core.sync.SyncPromise;
import io.pgha.core.view.ClusterFlags;
import io.pgha.postgres.memory.Branch;
import io.pgha.postgres.memory.DataFolder;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.util.Optional;

/** What a healthy cluster looks like: one leader, everybody else streams from its history (L1). */
public final class Convergence {
    private final World world;

    public Convergence(World world) {
        this.world = world;
    }

    /** What is missing; empty: it has converged. */
    public Optional<String> missing() {
        Optional<String> leader = world.storeView().leader();
        if (leader.isEmpty()) {
            return Optional.of("nobody holds the lock");
        }
        boolean follows = world.followsRemote();
        MemoryServer primary = world.node(leader.get()).server();
        Optional<Branch> theirs = world.remote()
                .filter(remote -> follows)
                .flatMap(remote -> remote.server().folder())
                .map(DataFolder::branch);
        if (theirs.isPresent()) {
            if (!follows(primary, theirs.get())) {
                return Optional.of(leader.get() + " holds the lock and does not stream from the other cluster");
            }
        } else if (!primary.acceptsWrites()) {
            return Optional.of(leader.get() + " holds the lock and takes no writes");
        }
        Branch branch = primary.folder().orElseThrow().branch();
        for (SimNode node : world.nodes()) {
            if (!node.agentRuns()) {
                return Optional.of("the agent of " + node.name() + " does not run");
            }
            MemoryServer server = node.server();
            if (server != primary && !follows(server, branch)) {
                return Optional.of(node.name() + " does not stream: "
                        + server.folder().map(DataFolder::toString).orElse("no data"));
            }
        }
        return ClusterFlags.of(world.storeView().cluster()).synchronous()
                ? missingSync(leader.get())
                : Optional.empty();
    }

    private Optional<String> missingSync(String leader) {
        Optional<SyncPromise> promise = SyncPromise.of(world.storeView().sync());
        boolean complete = promise.filter(
                        kept -> kept.isBy(leader) && !kept.voters().isEmpty())
                .isPresent();
        return complete ? Optional.empty() : Optional.of("the key sync names only " + promise);
    }

    private static boolean follows(MemoryServer server, Branch branch) {
        return server.isStreaming()
                && server.folder()
                        .map(DataFolder::branch)
                        .filter(branch::equals)
                        .isPresent();
    }
}
