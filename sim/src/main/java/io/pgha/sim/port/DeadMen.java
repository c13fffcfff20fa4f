package io.pgha.sim.port;

import io.pgha.postgres.memory.MemoryServer;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.kernel.NodeClock;
import io.pgha.sim.kernel.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The dead-men of one node. A successor releases its predecessors when it is first armed, and not before: at no
 * moment is a primary unguarded while agents change.
 */
public final class DeadMen {
    private final String node;
    private final Scheduler scheduler;
    private final NodeClock clock;
    private final MemoryServer server;
    private final Chance chance;
    private final Consumer<String> say;
    private final List<DeadMan> all = new ArrayList<>();

    public DeadMen(
            String node,
            Scheduler scheduler,
            NodeClock clock,
            MemoryServer server,
            Chance chance,
            Consumer<String> say) {
        this.node = node;
        this.scheduler = scheduler;
        this.clock = clock;
        this.server = server;
        this.chance = chance;
        this.say = say;
    }

    DeadMan start() {
        DeadMan started = new DeadMan(
                scheduler, clock, server, scheduler.process(node + " dead-man"), chance.millis(5, 200), say);
        all.add(started);
        return started;
    }

    void releaseAllBut(DeadMan successor) {
        for (DeadMan other : List.copyOf(all)) {
            if (other != successor) {
                other.disarm();
                other.process().kill();
                all.remove(other);
            }
        }
    }

    /** Those that have not ended. */
    public List<DeadMan> alive() {
        all.removeIf(deadMan -> deadMan.process().isDead());
        return List.copyOf(all);
    }

    /** Whether the postmaster will be stopped if the agent goes quiet. */
    public boolean areArmed() {
        return all.stream().anyMatch(DeadMan::isArmed);
    }
}
