package io.pgha.sim.check;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.model.FailoverRequest;
import io.pgha.sim.kernel.Violation;
import io.pgha.sim.world.World;
import java.time.Duration;

/** A request for a switchover whose time is long over moves nobody (facts §5.11). */
public final class HandoverSafety {
    private static final Duration CYCLE = Duration.ofSeconds(10);

    private final World world;

    public HandoverSafety(World world) {
        this.world = world;
    }

    /** Begins to watch. */
    public void start() {
        world.onDecision(this::decided);
    }

    private void decided(String node, Decision decision) {
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
}
