package io.pgha.sim.port;

import io.pgha.agent.port.Fence;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Postmaster;
import io.pgha.sim.kernel.Chance;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** One agent's line to its dead-man: starts one where none runs, and another one where it is silent. */
public final class SimFence implements Fence {
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(500);

    private final DeadMen deadMen;
    private final AgentTime time;
    private final Chance chance;
    private final Supplier<Optional<String>> missingDevice;
    private Optional<DeadMan> mine = Optional.empty();

    /** @param missingDevice what is wrong with a watchdog device that the operator requires */
    public SimFence(DeadMen deadMen, AgentTime time, Chance chance, Supplier<Optional<String>> missingDevice) {
        this.missingDevice = missingDevice;
        this.deadMen = deadMen;
        this.time = time;
        this.chance = chance;
    }

    @Override
    public boolean arm(MonotonicTime deadline, Postmaster postmaster) {
        if (mine.isEmpty() || mine.get().process().isDead()) {
            mine = Optional.empty();
            time.pause(chance.millis(5, 60));
            mine = Optional.of(deadMen.start());
        }
        time.pause(chance.millis(0, 4));
        DeadMan deadMan = mine.get();
        if (!deadMan.answers()) {
            // It keeps its earlier deadline until another one is armed.
            time.pause(ANSWER_LIMIT);
            deadMan = deadMen.start();
            mine = Optional.of(deadMan);
        }
        deadMan.arm(deadline, postmaster);
        deadMen.releaseAllBut(deadMan);
        return true;
    }

    @Override
    public void disarm() {
        time.pause(Duration.ZERO);
        if (mine.isEmpty() && deadMen.areArmed()) {
            // One of an earlier life, which only a successor can release.
            mine = Optional.of(deadMen.start());
        }
        if (mine.isEmpty()) {
            return;
        }
        DeadMan deadMan = mine.get();
        if (!deadMan.answers()) {
            // Frozen, it would stop an innocent PostgreSQL when it is thawed: it is killed.
            time.pause(ANSWER_LIMIT);
            mine = Optional.empty();
        }
        deadMan.disarm();
        if (mine.isPresent()) {
            deadMen.releaseAllBut(deadMan);
        } else {
            deadMan.process().kill();
        }
    }

    @Override
    public Optional<String> missing() {
        return missingDevice.get();
    }

    @Override
    public FenceStatus status() {
        boolean armed = mine.filter(DeadMan::isArmed).isPresent();
        return new FenceStatus(armed, armed ? "dead-man" : "not armed");
    }
}
