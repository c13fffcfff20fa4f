package io.pgha.sim.port;

import io.pgha.postgres.memory.ServerTime;
import io.pgha.sim.kernel.Scheduler;
import io.pgha.sim.kernel.SimProcess;
import java.time.Duration;

/** An agent's waiting: ends with {@link io.pgha.sim.kernel.SimulatedCrash} when the agent was killed. */
public final class AgentTime implements ServerTime {
    private final Scheduler scheduler;
    private final SimProcess process;

    public AgentTime(Scheduler scheduler, SimProcess process) {
        this.scheduler = scheduler;
        this.process = process;
    }

    @Override
    public void pause(Duration time) {
        process.alive();
        scheduler.sleep(time);
    }

    @Override
    public void after(Duration delay, Runnable action) {
        scheduler.after(delay, action);
    }
}
