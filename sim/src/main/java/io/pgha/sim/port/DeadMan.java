package io.pgha.sim.port;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Postmaster;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.sim.kernel.Event;
import io.pgha.sim.kernel.NodeClock;
import io.pgha.sim.kernel.Scheduler;
import io.pgha.sim.kernel.SimProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One dead-man process (dist/src/main/c/pgha-deadman.c): stops the postmaster at its deadline unless it is told to
 * wait longer. It outlives the agent that started it.
 */
public final class DeadMan {
    private final Scheduler scheduler;
    private final NodeClock clock;
    private final MemoryServer server;
    private final SimProcess process;
    private final Duration killing;
    private final Consumer<String> say;
    private Optional<Event> deadline = Optional.empty();

    /** @param killing from the deadline until the postmaster is gone */
    DeadMan(
            Scheduler scheduler,
            NodeClock clock,
            MemoryServer server,
            SimProcess process,
            Duration killing,
            Consumer<String> say) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.server = server;
        this.process = process;
        this.killing = killing;
        this.say = say;
    }

    public SimProcess process() {
        return process;
    }

    boolean answers() {
        return process.runs();
    }

    /** Whether it would act. */
    public boolean isArmed() {
        return process.runs() && deadline.isPresent();
    }

    void arm(MonotonicTime when, Postmaster postmaster) {
        disarm();
        deadline = Optional.of(scheduler.after(clock.until(when), () -> process.run(() -> fire(postmaster))));
    }

    void disarm() {
        deadline.ifPresent(Event::cancel);
        deadline = Optional.empty();
    }

    private void fire(Postmaster postmaster) {
        if (deadline.isEmpty()) {
            return;
        }
        deadline = Optional.empty();
        if (!isThere(postmaster)) {
            return;
        }
        say.accept("dead-man fires at postmaster " + postmaster.pid());
        scheduler.after(
                killing,
                () -> process.run(() -> {
                    if (isThere(postmaster)) {
                        server.quit();
                    }
                }));
    }

    /** Number 0 stands for whoever runs on the data directory. */
    private boolean isThere(Postmaster postmaster) {
        return server.postmaster()
                .filter(running -> postmaster.pid() == 0 || running.equals(postmaster))
                .isPresent();
    }
}
