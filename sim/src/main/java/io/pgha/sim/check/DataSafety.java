package io.pgha.sim.check;

import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.Lsn;
import io.pgha.postgres.memory.Branch;
import io.pgha.postgres.memory.DataFolder;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.postgres.memory.ServerWitness;
import io.pgha.sim.kernel.Violation;
import io.pgha.sim.world.Client;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was acknowledged, by whoever held the lock: a failover loses no more than maximum_lag_on_failover before the
 * position that was published last (S5), and nobody removes the last copy of what no failover has lost (S9).
 */
public final class DataSafety implements ServerWitness {
    private static final long DEFAULT_LAG = 1_048_576;
    private static final String LAG = "maximum_lag_on_failover";

    private final World world;
    private final Client client;
    private final Map<Branch, Lsn> acknowledged = new LinkedHashMap<>();

    public DataSafety(World world, Client client) {
        this.world = world;
        this.client = client;
    }

    /** Begins to watch. */
    public void start() {
        world.addWitness(this);
        client.onAcknowledged(write -> {
            if (world.storeView().leader().equals(Optional.of(write.server()))) {
                acknowledged.merge(write.branch(), write.end(), Lsn::max);
            }
        });
    }

    @Override
    public void openedForWrites(MemoryServer server, Branch branch) {
        if (!world.names().contains(server.name())) {
            return;
        }
        SimNode node = world.node(server.name());
        if (node.isThawing()) {
            // The machine stood still as it started: it has a second to notice (S1).
            return;
        }
        DataFolder data = server.folder().orElseThrow();
        if (!world.storeView().initialize().equals(Optional.of(data.systemIdentifier()))) {
            // Another cluster's: one that is being made, and S10 sees that it is not published.
            return;
        }
        if (!ordered() && !node.pause().unfenced() && world.remote().isEmpty()) {
            requireLittleLoss(server, data);
        }
        acknowledged.replaceAll((written, end) -> data.contains(written, end)
                ? end
                : data.branch().reachOf(written, data.end()).orElse(Lsn.ZERO));
        acknowledged.values().removeIf(Lsn::isZero);
    }

    private void requireLittleLoss(MemoryServer server, DataFolder data) {
        Lsn published = world.storeView().cluster().status().optime();
        long lost = published.bytesAheadOf(data.end());
        if (lost > allowed()) {
            throw new Violation(
                    "S5",
                    server.name() + " takes writes at " + data.end() + ", and " + published
                            + " was published: more than maximum_lag_on_failover " + allowed() + " is lost");
        }
    }

    /** Whichever is more of what is in force and what was at the beginning: it may have changed during an election. */
    private long allowed() {
        return Math.max(
                lag(world.initialConfig()), world.config().map(DataSafety::lag).orElse(DEFAULT_LAG));
    }

    private static long lag(Map<String, Object> config) {
        return config.get(LAG) instanceof Number bytes ? bytes.longValue() : DEFAULT_LAG;
    }

    /** A manual failover: the operator answers for what is lost. */
    private boolean ordered() {
        return world.storeView()
                .cluster()
                .failover()
                .filter(FailoverRequest::isPresent)
                .filter(request -> request.leader().isEmpty())
                .isPresent();
    }

    @Override
    public void removed(MemoryServer server, DataFolder folder) {
        requireCopy(server, folder);
    }

    @Override
    public void discarded(MemoryServer server, DataFolder folder) {
        requireCopy(server, folder);
    }

    private void requireCopy(MemoryServer server, DataFolder gone) {
        acknowledged.forEach((written, end) -> {
            boolean only = gone.contains(written, end)
                    && world.nodes().stream()
                            .map(SimNode::server)
                            .flatMap(DataSafety::copies)
                            .noneMatch(copy -> copy.contains(written, end));
            if (only) {
                world.scheduler()
                        .fail(new Violation(
                                "S9",
                                server.name() + " removes the only copy of what was acknowledged up to " + end + " of "
                                        + written));
            }
        });
    }

    private static Stream<DataFolder> copies(MemoryServer server) {
        return Stream.of(server.folder().stream(), server.replaced().stream(), server.aside().stream())
                .flatMap(copies -> copies);
    }
}
