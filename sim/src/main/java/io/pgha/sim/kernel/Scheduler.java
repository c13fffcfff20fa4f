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
    /** Real time without any event after which something blocks that must not: a lock held over a port call. */
    private static final long STUCK_NANOS = Duration.ofSeconds(60).toNanos();

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private final List<SimProcess> processes = new ArrayList<>();
    private final Carriers carriers;
    private final Baton main = new Baton(Thread.currentThread());
    private Runnable afterEach = () -> {};
    private long now;
    private long end;
    private long sequence;
    private long events;
    private @Nullable Coroutine running;
    private @Nullable Coroutine next;
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
        dispatch(main, null);
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
            dispatch(main, null);
        }
    }

    /** Marks the coroutine as the one to go on when the running event is over. */
    void resume(Coroutine coroutine) {
        resumed.add(coroutine);
    }

    /** Called by the running coroutine: comes back when it has to go on. */
    void switchFrom(Coroutine coroutine) {
        dispatch(coroutine.carrier().baton(), coroutine);
        running = coroutine;
    }

    /** Called by a carrier whose coroutine has ended; says whether it already has the baton for its next one. */
    boolean carrierIsFree(Carrier carrier) {
        carriers.giveBack(carrier);
        return dispatch(carrier.baton(), null);
    }

    /**
     * Lets events happen until the one who called has to go on.
     *
     * @param waiting who waits to go on; null: the main thread, or a carrier that is free
     * @return for a free carrier: whether it was taken again and has the baton
     */
    private boolean dispatch(Baton mine, @Nullable Coroutine waiting) {
        while (true) {
            step();
            Coroutine chosen = next;
            next = null;
            if (chosen == null) {
                if (mine == main) {
                    return false;
                }
                main.pass();
                if (waiting == null) {
                    return false;
                }
                mine.await();
                return true;
            }
            running = chosen;
            if (chosen == waiting) {
                return true;
            }
            Baton other = chosen.carrier().baton();
            if (other == mine) {
                return true;
            }
            other.pass();
            if (mine == main) {
                awaitMain();
                running = null;
                return false;
            } else if (waiting == null) {
                return false;
            } else {
                mine.await();
                return true;
            }
        }
    }

    /** Lets events happen until a coroutine has to go on ({@link #next}) or the run is over (none). */
    private void step() {
        running = null;
        try {
            afterEach.run();
            while (failure == null) {
                Coroutine coroutine = nextResumed();
                if (coroutine != null) {
                    next = coroutine;
                    return;
                }
                Event event = queue.peek();
                if (event == null || event.time() > end) {
                    now = Math.max(now, end);
                    return;
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

    private void awaitMain() {
        long seen = events;
        while (!main.await(STUCK_NANOS)) {
            if (events == seen) {
                throw new IllegalStateException("nothing has happened for a minute of real time: " + stacks());
            }
            seen = events;
        }
    }

    private String stacks() {
        Coroutine coroutine = running;
        if (coroutine == null) {
            return "an event does not end";
        }
        StringBuilder text = new StringBuilder(coroutine.name()).append(" blocks at");
        for (StackTraceElement frame : coroutine.carrier().thread().getStackTrace()) {
            text.append("\n    ").append(frame);
        }
        return text.toString();
    }
}
