package io.pgha.sim.port;

import io.pgha.agent.port.Doorbell;
import io.pgha.sim.kernel.Coroutine;
import io.pgha.sim.kernel.Scheduler;
import io.pgha.sim.kernel.SimProcess;
import java.time.Duration;
import java.util.Optional;

/** What the loop of one agent sleeps on. */
public final class SimDoorbell implements Doorbell {
    private final Scheduler scheduler;
    private final SimProcess process;
    private Optional<Coroutine> sleeper = Optional.empty();
    private boolean rung;

    public SimDoorbell(Scheduler scheduler, SimProcess process) {
        this.scheduler = scheduler;
        this.process = process;
    }

    @Override
    public void ring() {
        rung = true;
        sleeper.ifPresent(Coroutine::wake);
    }

    @Override
    public boolean await(Duration longest) {
        process.alive();
        if (!rung) {
            sleeper = Optional.of(scheduler.current());
            scheduler.park(longest);
            sleeper = Optional.empty();
        }
        boolean answer = rung;
        rung = false;
        return answer;
    }
}
