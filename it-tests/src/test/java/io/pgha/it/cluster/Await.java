package io.pgha.it.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions. Awaitility is for tests; this one also serves the benchmarks, which run without test libraries. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /**
     * Until the condition holds.
     *
     * @return how long it took
     * @throws AssertionError when it does not hold in time
     */
    public static Duration until(String what, Duration limit, BooleanSupplier condition) {
        return until(() -> what, limit, condition);
    }

    /** The same, with a text that is made when the time has run out: it can say how things are then. */
    public static Duration until(Supplier<String> what, Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what.get());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.interrupted()) {
                throw new AssertionError("interrupted while waiting: " + what.get());
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** For that long, in which something is expected not to happen. */
    public static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
