package io.pgha.sim.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What dies and freezes together: the coroutines of one operating system process. A process that was killed stays
 * dead; its successor is another one.
 */
public final class SimProcess {
    private final Scheduler scheduler;
    private final String name;
    private final List<Coroutine> coroutines = new ArrayList<>();
    private final List<Runnable> whenThawed = new ArrayList<>();
    private boolean dead;
    private boolean frozen;
    private @Nullable Supplier<Duration> lag;

    SimProcess(Scheduler scheduler, String name) {
        this.scheduler = scheduler;
        this.name = name;
    }

    public String name() {
        return name;
    }

    public boolean isDead() {
        return dead;
    }

    public boolean isFrozen() {
        return frozen;
    }

    /** Whether it can do anything now. */
    public boolean runs() {
        return !dead && !frozen;
    }

    /** {@code kill -9}: every coroutine is unwound from the call in which it is parked, and does nothing more. */
    public void kill() {
        dead = true;
        frozen = false;
        whenThawed.clear();
        List.copyOf(coroutines).forEach(scheduler::resume);
    }

    /** {@code SIGSTOP}: nothing of it goes on until {@link #thaw}. */
    public void freeze() {
        frozen = !dead;
    }

    /** {@code SIGCONT}: what was due in the meantime happens now, in its order. */
    public void thaw() {
        if (!frozen) {
            return;
        }
        frozen = false;
        List<Runnable> due = List.copyOf(whenThawed);
        whenThawed.clear();
        due.forEach(action -> scheduler.after(Duration.ZERO, () -> run(action)));
    }

    /** Lets whatever it does begin late by that much; null: in time. */
    public void starve(@Nullable Supplier<Duration> newLag) {
        lag = newLag;
    }

    /** Does something on behalf of this process: at once, when it thaws, or never if it is dead. */
    public void run(Runnable action) {
        Supplier<Duration> late = lag;
        if (late == null) {
            runNow(action);
        } else if (!dead) {
            scheduler.after(late.get(), () -> runNow(action));
        }
    }

    private void runNow(Runnable action) {
        if (dead) {
            return;
        }
        if (frozen) {
            whenThawed.add(action);
        } else {
            action.run();
        }
    }

    /** Starts a coroutine of this process. */
    public Coroutine spawn(String task, Runnable body) {
        alive();
        Coroutine coroutine = new Coroutine(scheduler, this, name + "/" + task, body);
        coroutines.add(coroutine);
        scheduler.after(Duration.ZERO, () -> run(() -> scheduler.resume(coroutine)));
        return coroutine;
    }

    /** Throws {@link SimulatedCrash} when it is dead: every port calls this before it has an effect. */
    public void alive() {
        if (dead) {
            throw new SimulatedCrash(name);
        }
    }

    void ended(Coroutine coroutine) {
        coroutines.remove(coroutine);
    }

    boolean isEmpty() {
        return coroutines.isEmpty();
    }
}
