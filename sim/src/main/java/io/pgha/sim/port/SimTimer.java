package io.pgha.sim.port;

import io.pgha.agent.port.Timer;
import io.pgha.core.model.MonotonicTime;
import io.pgha.sim.kernel.Event;
import io.pgha.sim.kernel.NodeClock;
import io.pgha.sim.kernel.Scheduler;
import io.pgha.sim.kernel.SimProcess;
import java.util.Optional;

/** The timer of one agent; its action runs beside the loop, unless the agent is frozen. */
public final class SimTimer implements Timer {
    private final Scheduler scheduler;
    private final SimProcess process;
    private final NodeClock clock;
    private Optional<Event> scheduled = Optional.empty();

    public SimTimer(Scheduler scheduler, SimProcess process, NodeClock clock) {
        this.scheduler = scheduler;
        this.process = process;
        this.clock = clock;
    }

    @Override
    public void schedule(MonotonicTime when, Runnable action) {
        cancel();
        scheduled = Optional.of(
                scheduler.after(clock.until(when), () -> process.run(() -> process.spawn("timer", action))));
    }

    @Override
    public void cancel() {
        process.alive();
        scheduled.ifPresent(Event::cancel);
        scheduled = Optional.empty();
    }
}
