package io.pgha.postgres.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A moment on the monotonic clock until which something is waited for. */
public final class Deadline {
    private static final Duration FOREVER = Duration.ofDays(3650);

    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    /** The moment that far from now. */
    public static Deadline after(Duration wait) {
        Duration bounded = wait.compareTo(FOREVER) > 0 ? FOREVER : wait;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    public boolean passed() {
        return System.nanoTime() - endNanos >= 0;
    }

    /** What is left, never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /**
     * Asks the condition every so often until it holds or the deadline passes; asks it at least once.
     *
     * @return whether it held; false also when this thread was interrupted, and then the interrupt flag is set again
     */
    public boolean waitUntil(Duration interval, BooleanSupplier condition) {
        while (true) {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (passed() || !pause(interval)) {
                return false;
            }
        }
    }

    /**
     * Sleeps, but not past this deadline.
     *
     * @return false when this thread was interrupted; the flag is set again
     */
    public boolean pause(Duration interval) {
        Duration left = left();
        Duration nap = left.compareTo(interval) < 0 ? left : interval;
        try {
            Thread.sleep(nap.toMillis(), nap.toNanosPart() % 1_000_000);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
