package io.pgha.sim.check;

import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.HistoryEntry;
import io.pgha.dcs.wire.RawEntry;
import io.pgha.postgres.memory.Branch;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.postgres.memory.ServerWitness;
import io.pgha.sim.kernel.Violation;
import io.pgha.sim.world.StoreView;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Watches over {@code history} and {@code initialize} in etcd: history only grows, an identifier never changes. */
public final class StoreHistory implements ServerWitness {
    private static final String SKIPPED = "timeline skipped";
    private static final Duration EVERY = Duration.ofMillis(500);

    private final World world;
    private int losses;
    private boolean ordered;
    private Optional<RawEntry> seen = Optional.empty();
    private List<HistoryEntry> history = List.of();
    private Optional<String> systemIdentifier = Optional.empty();

    public StoreHistory(World world) {
        this.world = world;
    }

    /** Begins to watch. */
    public void start() {
        world.addWitness(this);
        look();
    }

    /**
     * A failover takes whom the operator names, also one whose WAL has left the cluster's history: the fork that the
     * others know is gone with it. Patroni's member goes on from where it is in any case, and writes what it knows.
     */
    @Override
    public void openedForWrites(MemoryServer server, Branch branch) {
        ordered |= world.storeView()
                .cluster()
                .failover()
                .filter(request -> request.isPresent() && request.leader().isEmpty())
                .flatMap(FailoverRequest::candidate)
                .equals(Optional.of(server.name()));
        ordered |= world.names().contains(server.name())
                && world.node(server.name()).isPatroni();
    }

    private void look() {
        world.scheduler().after(EVERY, () -> {
            check();
            look();
        });
    }

    private void check() {
        StoreView store = world.storeView();
        int gone = world.wipes() + world.restores();
        if (gone != losses) {
            losses = gone;
            history = List.of();
        }
        if (world.followsRemote()) {
            // What it was before it followed another cluster is no part of what it becomes.
            history = List.of();
        }
        Optional<RawEntry> entry = store.history();
        if (!entry.equals(seen)) {
            seen = entry;
            historyIs(comparable(store.cluster().history().orElse(List.of())));
        }
        Optional<String> identifier = store.initialize().filter(text -> !text.isEmpty());
        if (systemIdentifier.isPresent() && identifier.isPresent() && !identifier.equals(systemIdentifier)) {
            throw new Violation("S10", "initialize was " + systemIdentifier.get() + " and is " + identifier.get());
        }
        systemIdentifier = identifier.or(() -> systemIdentifier);
    }

    /** Patroni's members write what PostgreSQL's own file says, where the numbers that pgha skipped are missing. */
    private List<HistoryEntry> comparable(List<HistoryEntry> lines) {
        return world.shape().patroni().isEmpty()
                ? lines
                : lines.stream().filter(line -> !line.reason().equals(SKIPPED)).toList();
    }

    private void historyIs(List<HistoryEntry> now) {
        if (now.size() < history.size() && !ordered) {
            throw new Violation("S11", "history had " + history.size() + " lines and has " + now.size());
        }
        for (int i = 0; i < Math.min(now.size(), history.size()); i++) {
            HistoryEntry before = history.get(i);
            HistoryEntry after = now.get(i);
            if (!before.equals(after) && !continues(before, after) && !ordered) {
                throw new Violation("S11", "history line " + before + " has become " + after);
            }
            if (!before.switchPoint().equals(after.switchPoint())) {
                break;
            }
        }
        ordered = false;
        history = now;
    }

    /**
     * The same line, better known; or the last members of a history are gone and one that is behind them goes on from
     * an earlier point, which maximum_lag_on_failover allows (S5).
     */
    private static boolean continues(HistoryEntry before, HistoryEntry after) {
        return before.timeline().equals(after.timeline())
                && !after.switchPoint().isAfter(before.switchPoint());
    }
}
