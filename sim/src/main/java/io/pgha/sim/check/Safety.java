package io.pgha.sim.check;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.SlotName;
import io.pgha.core.model.Timeline;
import io.pgha.postgres.memory.Branch;
import io.pgha.postgres.memory.DataFolder;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.postgres.memory.ServerWitness;
import io.pgha.sim.kernel.Trace;
import io.pgha.sim.kernel.Violation;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Safety, looked at after every event. A cluster counts from the moment when its leader lock was first taken: before
 * that a node that bootstraps takes writes that nobody has been promised. A node in pause does not count: nothing is
 * fenced there (facts §5.17), and what it must not do is checked as its decisions are made.
 */
public final class Safety implements ServerWitness {
    private record Numbered(String systemIdentifier, Timeline timeline) {}

    private final World world;
    private final Set<String> established = new HashSet<>();
    private final Map<Numbered, Branch> branches = new HashMap<>();
    /** Patroni claims no numbers: two of its primaries may have taken the same one. */
    private final Set<Numbered> unclaimed = new HashSet<>();
    /** Found in the midst of an agent's work, which must not see it. */
    private Optional<Violation> found = Optional.empty();

    public Safety(World world) {
        this.world = world;
        world.addWitness(this);
        new PauseSafety(world).start();
    }

    /** Called after every event. */
    public void check() {
        if (found.isPresent()) {
            throw found.get();
        }
        @Nullable SimNode writable = null;
        for (SimNode node : world.nodes()) {
            MemoryServer server = node.server();
            if (!server.acceptsWrites()) {
                continue;
            }
            String system = server.folder().orElseThrow().systemIdentifier();
            boolean known = established.contains(system);
            if (!known && node.proof().isValid()) {
                known = established.add(system);
            }
            if (known) {
                if (node.isThawing() || node.pause().unfenced()) {
                    continue;
                }
                if (writable != null) {
                    throw new Violation("S1", "two writable primaries: " + words(writable) + " and " + words(node));
                }
                writable = node;
                requireProof(node);
            }
        }
    }

    private static String words(SimNode node) {
        return node.name() + " on " + node.server().folder().orElseThrow();
    }

    private void requireProof(SimNode node) {
        if (!node.proof().isValid() && !node.isThawing()) {
            long since = world.scheduler().now() - node.proof().validUntil();
            throw new Violation(
                    "S2",
                    node.name() + " takes writes, and its lock "
                            + (node.proof().validUntil() == 0
                                    ? "was given up"
                                    : "ended" + Trace.time(since) + " s ago"));
        }
    }

    /** Whether a cluster exists whose data must not be lost. */
    public boolean clusterExists() {
        return !established.isEmpty();
    }

    private static Numbered numbered(Branch branch) {
        return new Numbered(branch.systemIdentifier(), branch.timeline());
    }

    private boolean isPatroni(MemoryServer server) {
        return world.names().contains(server.name())
                && world.node(server.name()).isPatroni();
    }

    @Override
    public void openedForWrites(MemoryServer server, Branch branch) {
        Branch known = branches.putIfAbsent(numbered(branch), branch);
        if (isPatroni(server)) {
            unclaimed.add(numbered(branch));
        }
        boolean claimed = !unclaimed.contains(numbered(branch));
        if (branch.isWrittenAgain()) {
            // Its server goes on where its disk has left it (fault 61), under the same number; who took it for another:
            // see mixed.
            branches.put(numbered(branch), branch);
        } else if (known != null && known != branch && claimed) {
            throw new Violation(
                    "S11", "timeline " + branch.timeline() + " has two histories: " + known + " and " + branch);
        }
    }

    @Override
    public void mixed(MemoryServer server, Branch own, Branch foreign, Lsn position) {
        if (unclaimed.contains(numbered(own)) || unclaimed.contains(numbered(foreign))) {
            return;
        }
        throw new Violation(
                "S11", server.name() + " took " + foreign + " for its own history " + own + " at " + position);
    }

    /**
     * One that began before the cluster was there (somebody deleted the claim of another one) only ever touches an empty
     * directory, and what it made is given up.
     */
    @Override
    public void initializing(MemoryServer server) {
        if (clusterExists()) {
            throw new Violation("S10", server.name() + " runs initdb while the cluster has data");
        }
    }

    @Override
    public void removed(MemoryServer server, DataFolder folder) {
        boolean another = world.nodes().stream()
                .map(SimNode::server)
                .filter(other -> other != server)
                .flatMap(other -> other.folder().stream())
                .anyMatch(copy -> copy.isUsable() && copy.systemIdentifier().equals(folder.systemIdentifier()));
        if (!another && established.contains(folder.systemIdentifier())) {
            throw new Violation("S9", server.name() + " removed the only copy of the data");
        }
    }

    /**
     * No run lasts for the default member_slots_ttl: a member whose slot is dropped is only late (planted bug 21). A
     * cluster with another one may drop them, and so may one of which nobody remembers who belongs to it.
     */
    @Override
    public void slotDropped(MemoryServer server, String slot) {
        boolean members = world.nodes().stream()
                .map(SimNode::server)
                .anyMatch(other -> other != server && SlotName.of(other.name()).equals(slot));
        if (members
                && clusterExists()
                && !world.isForgotten()
                && !world.shape().config().containsKey("member_slots_ttl")) {
            String what = server.name() + " dropped the slot of " + slot + ", which is only late";
            found = found.or(() -> Optional.of(new Violation("slots", what)));
        }
    }

    /** There has to be a whole copy in its place, or aside because it is being replaced itself, or elsewhere. */
    @Override
    public void discarded(MemoryServer server, DataFolder folder) {
        boolean another = Stream.concat(
                        server.replaced().stream(),
                        world.nodes().stream().flatMap(node -> node.server().folder().stream()))
                .anyMatch(copy -> copy.isUsable() && copy.systemIdentifier().equals(folder.systemIdentifier()));
        if (!another && established.contains(folder.systemIdentifier())) {
            throw new Violation("S9", server.name() + " removed its old data, and nobody has a whole copy");
        }
    }

    @Override
    public void rewinding(MemoryServer server, MemoryServer source) {
        if (!source.acceptsWrites()) {
            throw new Violation("S9", server.name() + " is rewound to " + source.name() + ", which is no primary");
        }
    }
}
