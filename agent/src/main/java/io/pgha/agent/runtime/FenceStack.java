package io.pgha.agent.runtime;

import io.pgha.agent.port.Fence;
import io.pgha.agent.watchdog.Watchdog;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Postmaster;
import java.util.Optional;
import java.util.function.Supplier;

/** The dead-man and, behind it, the watchdog device (ADR 0009). */
final class FenceStack implements Fence {
    private final DeadManFence deadMan;
    private final Watchdog watchdog;
    private final Supplier<HaSettings> settings;

    FenceStack(DeadManFence deadMan, Watchdog watchdog, Supplier<HaSettings> settings) {
        this.deadMan = deadMan;
        this.watchdog = watchdog;
        this.settings = settings;
    }

    @Override
    public boolean arm(MonotonicTime deadline, Postmaster postmaster) {
        boolean armed = deadMan.arm(deadline, postmaster);
        watchdog.confirmed(deadline.plus(settings.get().leaseTimes().deadManLead()));
        return armed;
    }

    @Override
    public void disarm() {
        watchdog.disarm();
        deadMan.disarm();
    }

    @Override
    public FenceStatus status() {
        return deadMan.status();
    }

    @Override
    public Optional<FenceStatus> device() {
        return Optional.of(watchdog.status());
    }

    @Override
    public Optional<String> missing() {
        return watchdog.missing();
    }

    /** Lets go at the end of an agent that leads no more. */
    void close() {
        watchdog.disarm();
        deadMan.close();
    }

    /** Leaves the dead-man to the agent that comes next. The device would reset the machine before that one is ready. */
    void detach() {
        watchdog.disarm();
        deadMan.detach();
    }
}
