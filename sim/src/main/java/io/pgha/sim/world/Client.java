package io.pgha.sim.world;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Postmaster;
import io.pgha.postgres.memory.Branch;
import io.pgha.restapi.NodeSnapshot;
import io.pgha.sim.kernel.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A client that writes through a proxy: it connects to whoever answers as {@code /primary}, and keeps its connection
 * as long as the server keeps it, as pools do. It remembers every write that was acknowledged.
 */
public final class Client {
    /**
     * A write that was acknowledged.
     *
     * @param branch the history in which it stands
     * @param end where it ends in the WAL
     */
    public record Write(long time, String server, Branch branch, Lsn end) {}

    private final World world;
    private final Chance chance;
    private final List<Write> acknowledged = new ArrayList<>();
    private Optional<Connection> connection = Optional.empty();
    private final List<Consumer<Write>> listeners = new ArrayList<>();
    private long refused;

    private record Connection(SimNode node, Postmaster postmaster) {}

    public Client(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    /** Begins to write. */
    public void start() {
        next();
    }

    public List<Write> acknowledged() {
        return acknowledged;
    }

    /** Tells somebody of each write at the moment when it is acknowledged. */
    public void onAcknowledged(Consumer<Write> told) {
        listeners.add(told);
    }

    /** Attempts that found no primary. */
    public long refused() {
        return refused;
    }

    private void next() {
        world.scheduler().after(chance.millis(100, 900), () -> {
            write();
            next();
        });
    }

    private void write() {
        connection = connection.filter(this::stillOpen).or(this::connect);
        long bytes = 120L + chance.below(2_000);
        boolean taken = connection
                .filter(open -> open.node().server().write(bytes, end -> acknowledged(open.node(), end)))
                .isPresent();
        if (!taken) {
            refused++;
        }
    }

    private void acknowledged(SimNode node, Lsn end) {
        Branch branch = node.server().folder().orElseThrow().branch();
        Write write = new Write(world.scheduler().now(), node.name(), branch, end);
        acknowledged.add(write);
        listeners.forEach(listener -> listener.accept(write));
    }

    private boolean stillOpen(Connection open) {
        return open.node()
                .server()
                .postmaster()
                .filter(open.postmaster()::equals)
                .isPresent();
    }

    private Optional<Connection> connect() {
        return world.nodes().stream()
                .filter(node ->
                        node.snapshot().filter(seen -> isPrimary(node, seen)).isPresent())
                .flatMap(
                        node -> node.server().postmaster().stream().map(postmaster -> new Connection(node, postmaster)))
                .findFirst();
    }

    private static boolean isPrimary(SimNode node, NodeSnapshot seen) {
        return seen.takesWrites()
                && seen.lockValidUntil()
                        .filter(until -> node.clock().now().isBefore(until))
                        .isPresent();
    }
}
