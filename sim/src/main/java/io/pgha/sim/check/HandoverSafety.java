package io.pgha.sim.check;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.Lsn;
import io.pgha.postgres.memory.DataFolder;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.sim.kernel.Violation;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A request for a switchover whose time is long over moves nobody (facts §5.11), and a primary that has stopped for one gives
 * the lock up only when another member has all that it wrote: a switchover loses nothing (S5).
 */
public final class HandoverSafety {
    private static final Duration CYCLE = Duration.ofSeconds(10);

    private static final Set<String> BY_ITSELF =
            Set.of("ShutDownFinished", "PrimaryDidNotStart", "UnfitLeaderInPause", "LeaderWithoutData");

    private final World world;

    public HandoverSafety(World world) {
        this.world = world;
    }

    /** Begins to watch. */
    public void start() {
        world.onDecision(this::decided);
    }

    private void decided(String node, Decision decision) {
        if (decision.action() instanceof Action.ReleaseLock release) {
            requireHeir(node, decision, release.lastPosition());
        }
        boolean handsOver =
                decision.action() instanceof Action.Demote && decision.memory().handingOver();
        if (!handsOver) {
            return;
        }
        Duration late = world.timing().loopWait().multipliedBy(3).plus(CYCLE);
        world.storeView()
                .cluster()
                .failover()
                .filter(FailoverRequest::isPresent)
                .flatMap(Handover::time)
                .filter(at -> at.plus(late).isBefore(world.node(node).clock().wall()))
                .ifPresent(at -> world.scheduler()
                        .fail(new Violation("L5", node + " hands over for a request whose time was " + at)));
    }

    /**
     * Not of an agent that is told to stop, or whose PostgreSQL cannot be started any more, or in a manual failover. After a
     * stop at once in synchronous mode only what was acknowledged has to be kept, which S3 looks at.
     */
    private void requireHeir(String node, Decision decision, Optional<Lsn> last) {
        boolean ordered = world.storeView()
                .cluster()
                .failover()
                .filter(FailoverRequest::isPresent)
                .filter(Handover::isManual)
                .isPresent();
        MemoryServer server = world.node(node).server();
        boolean handsOver =
                decision.memory().handingOver() && !BY_ITSELF.contains(decision.rule()) && !server.acceptsWrites();
        boolean synchronous =
                last.isEmpty() && world.storeView().cluster().sync().isPresent();
        if (!handsOver
                || ordered
                || synchronous
                || world.followsRemote()
                || server.folder().isEmpty()) {
            return;
        }
        DataFolder data = server.folder().get();
        Lsn end = last.orElse(data.end());
        boolean kept = world.nodes().stream()
                .filter(other -> !other.name().equals(node))
                .flatMap(other -> other.server().folder().stream())
                .anyMatch(copy -> copy.contains(data.branch(), end));
        if (!kept) {
            world.scheduler()
                    .fail(new Violation(
                            "S5",
                            node + " gives the lock up in a switchover, and nobody has its WAL up to " + end + " of "
                                    + data.branch()));
        }
    }
}
