package io.pgha.ctl;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting until it is time to look again. */
final class Interruption {
    private Interruption() {}

    /** Waits; true at once when the thread is interrupted, which it then still is. */
    static boolean comesWithin(Duration pause) {
        try {
            return new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
