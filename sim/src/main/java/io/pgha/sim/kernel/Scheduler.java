package io.pgha.sim.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One virtual time line. Events come from one queue, ordered by time and then by the order in which they were made;
 * coroutines run on real threads of which exactly one holds the baton. Whoever parks pops the next events itself and
 * hands the baton over only when another coroutine has to go on: that is what makes it fast.
 *
 * <p>Threading: everything but {@link #run} is called by events and coroutines, hence by one thread at a time.
 */
public final class Scheduler {
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private final List<SimProcess> processes = new ArrayList<>();
    private final Carriers carriers;
    private Runnable afterEach = () -> {};
    private long now;
    private long end;
    private long sequence;
    private long events;
    private @Nullable Coroutine running;
    private final List<Coroutine> resumed = new ArrayList<>();
    private @Nullable Throwable failure;

    /** Made by the thread that will call {@link #run}. */
    public Scheduler(Carriers carriers) {
        this.carriers = carriers;
    }

    Carriers carriers() {
        return carriers;
    }

    /** Nanoseconds since the beginning of this world. */
    public long now() {
        return now;
    }

    /** Events so far. */
    public long events() {
        return events;
    }

    /** What is checked after every event and after every step of a coroutine; what it throws ends the run. */
    public void afterEach(Runnable hook) {
        afterEach = hook;
    }

    public SimProcess process(String name) {
        SimProcess process = new SimProcess(this, name);
        processes.add(process);
        return process;
    }

    /** Lets something happen after a time. */
    public Event after(Duration delay, Runnable action) {
        Event event = new Event(now + Math.max(0, delay.toNanos()), sequence++, action);
        queue.add(event);
        return event;
    }

    /** The coroutine that runs now. */
    public Coroutine current() {
        Coroutine coroutine = running;
        if (coroutine == null) {
            throw new IllegalStateException("a blocking call outside of a coroutine");
        }
        return coroutine;
    }

    /** Whether a coroutine runs now, and not a plain event. */
    public boolean inCoroutine() {
        return running != null;
    }

    /** Lets the running coroutine wait. */
    public void sleep(Duration time) {
        long until = now + time.toNanos();
        while (current().park(Duration.ofNanos(until - now)) && now < until) {
            // Woken for nothing.
        }
    }

    /** Lets the running coroutine wait until it is woken, at most for the time given; says whether it was woken. */
    public boolean park(Duration longest) {
        return current().park(longest);
    }

    /** Ends the run: {@link #run} throws it. */
    public void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    /**
     * Lets everything happen up to that time, and comes back.
     *
     * @throws SimulationFailure with what an event, a check or a coroutine threw
     */
    public void run(Duration until) {
        end = until.toNanos();
        dispatch();
        Throwable reason = failure;
        if (reason != null) {
            failure = null;
            throw new SimulationFailure(now, reason);
        }
    }

    /** Kills everything, so that all threads are free again. Nothing is checked any more. */
    public void end() {
        afterEach = () -> {};
        processes.forEach(SimProcess::kill);
        end = now;
        for (int round = 0; processes.stream().anyMatch(process -> !process.isEmpty()); round++) {
            if (round > 100) {
                throw new IllegalStateException("a coroutine outlives its death: does it catch Error?");
            }
            failure = null;
            processes.forEach(SimProcess::kill);
            dispatch();
        }
    }

    /** Marks the coroutine as the one to go on when the running event is over. */
    void resume(Coroutine coroutine) {
        resumed.add(coroutine);
    }

    /** Lets events happen, and coroutines go on, until the run is over. */
    private void dispatch() {
        for (Coroutine chosen = step(); chosen != null; chosen = step()) {
            running = chosen;
            try {
                chosen.run();
            } finally {
                running = null;
            }
        }
    }

    /** Lets events happen until a coroutine has to go on, or until the run is over (null). */
    private @Nullable Coroutine step() {
        try {
            afterEach.run();
            while (failure == null) {
                Coroutine coroutine = nextResumed();
                if (coroutine != null) {
                    return coroutine;
                }
                Event event = queue.peek();
                if (event == null || event.time() > end) {
                    now = Math.max(now, end);
                    return null;
                }
                queue.remove();
                Runnable action = event.takeAction();
                if (action != null) {
                    now = event.time();
                    events++;
                    action.run();
                    afterEach.run();
                }
            }
        } catch (Throwable thrown) {
            fail(thrown);
        }
        return null;
    }

    private @Nullable Coroutine nextResumed() {
        while (!resumed.isEmpty()) {
            Coroutine coroutine = resumed.remove(0);
            if (coroutine.canGoOn()) {
                return coroutine;
            }
        }
        return null;
    }
}
