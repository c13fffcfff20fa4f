package io.pgha.sim.kernel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Blocking code in virtual time. It runs until it sleeps or parks; then other events happen, and it goes on when its
 * time has come. Between two such calls nothing else happens in the world.
 */
public final class Coroutine {
    private final Scheduler scheduler;
    private final SimProcess process;
    private final String name;
    private final Runnable body;
    private @Nullable Carrier carrier;
    private long parkings;
    private boolean parked;
    private boolean woken;
    private boolean ended;

    Coroutine(Scheduler scheduler, SimProcess process, String name, Runnable body) {
        this.scheduler = scheduler;
        this.process = process;
        this.name = name;
        this.body = body;
    }

    public SimProcess process() {
        return process;
    }

    public String name() {
        return name;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether it waits in {@link #park} or has not begun. */
    boolean canGoOn() {
        return !ended && (parked || carrier == null);
    }

    /** Goes on, or begins, until it parks or has ended. By the scheduler only. */
    void run() {
        Carrier mine = carrier;
        if (mine == null) {
            mine = scheduler.carriers().carry(this::runBody);
            carrier = mine;
        }
        mine.run();
    }

    /** Ends the parking of this coroutine now, if it is parked. May be called from any event or coroutine. */
    public void wake() {
        if (parked && !woken) {
            woken = true;
            long parking = parkings;
            scheduler.after(Duration.ZERO, () -> goOn(parking));
        }
    }

    /**
     * Waits until woken or until the time has passed. Must be called by this coroutine itself.
     *
     * @return whether it was woken
     */
    boolean park(Duration longest) {
        process.alive();
        long parking = ++parkings;
        parked = true;
        woken = false;
        Event end = scheduler.after(longest, () -> goOn(parking));
        pause();
        parked = false;
        end.cancel();
        process.alive();
        return woken;
    }

    private void pause() {
        if (carrier == null) {
            throw new IllegalStateException(name + " parks before it runs");
        }
        carrier.pause();
    }

    private void goOn(long parking) {
        process.run(() -> {
            if (parking == parkings && parked) {
                scheduler.resume(this);
            }
        });
    }

    /** Runs on the carrier. */
    void runBody() {
        try {
            process.alive();
            body.run();
        } catch (SimulatedCrash crash) {
            // Killed, as the faults want it.
        } catch (Throwable failure) {
            scheduler.fail(new IllegalStateException(name + " ended with " + failure, failure));
        } finally {
            ended = true;
            process.ended(this);
        }
    }
}
