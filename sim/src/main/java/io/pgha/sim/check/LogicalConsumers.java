package io.pgha.sim.check;

import io.pgha.core.model.Lsn;
import io.pgha.postgres.memory.Branch;
import io.pgha.postgres.memory.DataFolder;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.postgres.memory.ServerWitness;
import io.pgha.sim.kernel.Violation;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The consumers of permanent logical slots: each goes on with every primary, and misses nothing of that primary's history
 * unless its slot had to be made anew. In pause, where nobody is fenced, nobody consumes.
 */
public final class LogicalConsumers implements ServerWitness {
    /** Everything up to a position of a branch. */
    private record Known(Branch branch, Lsn end) {}

    private final World world;
    private final Map<String, Known> known = new HashMap<>();
    /** Slots of a server whose disk has lost the WAL below them: what is written until they are reached is missed. */
    private final Set<String> beyond = new HashSet<>();

    public LogicalConsumers(World world) {
        this.world = world;
    }

    /** Begins to consume. */
    public void start() {
        world.addWitness(this);
    }

    @Override
    public void logicalSlotMade(MemoryServer server, String slot) {
        known.remove(slot);
    }

    /** Its disk has lost what its slots are beyond: they are files of their own. */
    @Override
    public void lostEnd(MemoryServer server, DataFolder folder) {
        beyond.addAll(server.slotsBeyondWal());
    }

    /**
     * A copy that is dropped is missed at the next failover. Nobody takes the slot out of the configuration, but a standby
     * cluster keeps none.
     */
    @Override
    public void slotDropped(MemoryServer server, String slot) {
        boolean wanted = world.storeView()
                .cluster()
                .config()
                .filter(config ->
                        config.values().containsKey("slots") && !config.values().containsKey("standby_cluster"))
                .isPresent();
        if (!wanted) {
            known.remove(slot);
        } else if (known.containsKey(slot)) {
            world.scheduler().fail(new Violation("slots", server.name() + " dropped its copy of the slot " + slot));
        }
    }

    @Override
    public void decoded(MemoryServer server, String slot, Lsn from) {
        SimNode node = world.node(server.name());
        DataFolder data = server.folder().orElseThrow();
        boolean unreached = beyond.contains(slot) && from.isAfter(data.end());
        if (unreached || !node.proof().isValid() || node.pause().unfenced()) {
            known.remove(slot);
            return;
        }
        beyond.remove(slot);
        Known before = known.put(slot, new Known(data.branch(), data.end()));
        if (before == null || !before.branch().systemIdentifier().equals(data.systemIdentifier())) {
            return;
        }
        Lsn shared = data.branch().sharedWith(data.end(), before.branch(), before.end());
        if (from.isAfter(shared)) {
            // Found in the midst of an agent's work, which must not see it.
            world.scheduler()
                    .fail(new Violation(
                            "slots",
                            "the slot " + slot + " of " + server.name() + " stands at " + from + " of " + data
                                    + ", and its consumer has that only up to " + shared));
        }
    }
}
