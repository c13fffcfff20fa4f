package io.pgha.sim.check;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.SyncNames;
import io.pgha.core.sync.SyncPromise;
import io.pgha.dcs.wire.RawEntry;
import io.pgha.postgres.memory.Branch;
import io.pgha.postgres.memory.DataFolder;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.postgres.memory.ServerWitness;
import io.pgha.sim.kernel.Violation;
import io.pgha.sim.world.Client;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Synchronous replication: a commit that was acknowledged under the promise of the key {@code sync} is on every later
 * primary (S3), the key never promises what the names in force do not keep (S12), and only who is named by it leads.
 */
public final class SyncSafety implements ServerWitness {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final World world;
    private final Client client;
    private final LostWal lostWal;
    private final Map<Branch, Lsn> acknowledged = new LinkedHashMap<>();
    /** The key as it was when etcd went back to a snapshot: nobody has looked after it yet. */
    private Optional<RawEntry> outdated = Optional.empty();

    private int restores;
    private Optional<RawEntry> seen = Optional.empty();
    private Optional<SyncPromise> promise = Optional.empty();
    /** What was found to be kept when it was looked at last. */
    private Kept kept = new Kept(SyncPromise.onlyMyself(""), SyncNames.OFF);

    /** The same two objects; not two that are alike, which costs as much as to look again. */
    private record Kept(SyncPromise promise, SyncNames names) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Kept same && same.promise == promise && same.names == names;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(promise) + System.identityHashCode(names);
        }
    }

    public SyncSafety(World world, Client client) {
        this.world = world;
        this.client = client;
        this.lostWal = new LostWal(world);
    }

    /** Begins to watch. */
    public void start() {
        world.addWitness(this);
        client.onAcknowledged(this::acknowledged);
        look();
    }

    private void look() {
        world.scheduler().after(EVERY, () -> {
            if (world.followsRemote()) {
                // An operator made it follow another cluster: its own writes are given up.
                acknowledged.clear();
            }
            world.nodes().forEach(this::requireKeptPromise);
            look();
        });
    }

    /** Asked at each commit, and the key seldom changes. */
    private Optional<SyncPromise> promise() {
        Optional<RawEntry> entry = world.storeView().syncEntry();
        noticeRestore();
        if (outdated.isPresent() && outdated.equals(entry)) {
            return Optional.empty();
        }
        if (!entry.equals(seen)) {
            seen = entry;
            promise = SyncPromise.of(world.storeView().sync());
        }
        return promise;
    }

    /** What was acknowledged on a promise that etcd has forgotten is known to nobody who could keep it. */
    private void noticeRestore() {
        if (world.restores() != restores) {
            restores = world.restores();
            outdated = world.storeView().syncEntry();
            acknowledged.clear();
        }
    }

    private void acknowledged(Client.Write write) {
        if (promise().filter(kept -> kept.isBy(write.server())).isPresent()) {
            acknowledged.merge(write.branch(), write.end(), Lsn::max);
            requireKeptPromise(world.node(write.server()));
        }
    }

    private void requireKeptPromise(SimNode node) {
        MemoryServer server = node.server();
        if (server.acceptsWrites()) {
            promise()
                    .filter(kept -> kept.isBy(node.name()) && !isKept(kept, server.synchronousNames(), node.name()))
                    .ifPresent(kept -> {
                        world.scheduler()
                                .fail(new Violation(
                                        "S12",
                                        "the key sync says " + kept + ", commits wait for "
                                                + server.synchronousNames()));
                    });
        }
    }

    /** Only its holder asks, at each commit, and both seldom change. */
    private boolean isKept(SyncPromise given, SyncNames names, String holder) {
        Kept asked = new Kept(given, names);
        if (!asked.equals(kept)) {
            if (!given.isKeptBy(names, holder)) {
                return false;
            }
            kept = asked;
        }
        return true;
    }

    /** Once a cluster has converged, what an older snapshot of etcd promised must have been put right. */
    public void requirePromisesInForce() {
        outdated = Optional.empty();
        world.nodes().forEach(this::requireKeptPromise);
    }

    private boolean isStranger(MemoryServer server) {
        return !world.names().contains(server.name());
    }

    @Override
    public void waitsFor(MemoryServer server) {
        if (isStranger(server)) {
            return;
        }
        requireKeptPromise(world.node(server.name()));
    }

    /** What nobody has any more whom the key names: a primary that commits alone promises what its disk does. */
    @Override
    public void lostEnd(MemoryServer server, DataFolder folder) {
        acknowledged.entrySet().removeIf(entry -> lostWal.isGone(entry.getKey(), entry.getValue(), promise()));
    }

    @Override
    public void openedForWrites(MemoryServer server, Branch branch) {
        if (isStranger(server)) {
            return;
        }
        noticeRestore();
        boolean ordered = world.storeView()
                .cluster()
                .failover()
                .filter(request -> request.isPresent() && request.leader().isEmpty())
                .isPresent();
        if (ordered) {
            // A manual failover: the operator answers for what is lost.
            acknowledged.clear();
        }
        SimNode node = world.node(server.name());
        if (node.isThawing() && !node.proof().isValid()) {
            // A machine that stood still goes on for less than a second: Safety sees to that.
            return;
        }
        DataFolder data = server.folder().orElseThrow();
        acknowledged.forEach((written, end) -> {
            // Another cluster's: one that is being made, and S10 sees that it is not published.
            boolean ours = written.systemIdentifier().equals(data.systemIdentifier());
            boolean lacking = ours && !data.contains(written, end);
            if (lacking && !lostWal.couldNotKnow(server, written, end, promise())) {
                throw new Violation(
                        "S3",
                        server.name() + " takes writes and lacks an acknowledged synchronous commit at " + end + " of "
                                + written + ": it has " + data);
            }
        });
    }
}
