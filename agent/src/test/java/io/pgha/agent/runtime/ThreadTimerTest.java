package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pgha.core.model.MonotonicTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThreadTimerTest {
    private final ThreadTimer timer = new ThreadTimer();

    @Test
    void theActionRunsAtItsTimeAndNotBefore() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        AtomicLong at = new AtomicLong();
        MonotonicTime when = in(80);
        timer.schedule(when, () -> {
            at.set(System.nanoTime());
            ran.countDown();
        });
        assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(at.get() - when.nanos()).isBetween(0L, Duration.ofSeconds(2).toNanos());
    }

    @Test
    void aTimeThatHasPassedMeansAtOnce() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        timer.schedule(in(-1000), ran::countDown);
        assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aNewScheduleReplacesTheOldOne() {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        timer.schedule(in(60), first::incrementAndGet);
        timer.schedule(in(120), second::incrementAndGet);
        await().atMost(Duration.ofSeconds(5)).until(() -> second.get() == 1);
        assertThat(first).hasValue(0);
    }

    @Test
    void anEarlierScheduleWakesTheThreadThatSleepsForALaterOne() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        timer.schedule(in(3_600_000), () -> {});
        timer.schedule(in(20), ran::countDown);
        assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatWasCancelledDoesNotRun() {
        AtomicInteger cancelled = new AtomicInteger();
        AtomicInteger later = new AtomicInteger();
        timer.schedule(in(50), cancelled::incrementAndGet);
        timer.cancel();
        new ThreadTimer().schedule(in(100), later::incrementAndGet);
        await().atMost(Duration.ofSeconds(5)).until(() -> later.get() == 1);
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void anActionThatFailsDoesNotEndTheTimer() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        timer.schedule(in(0), () -> {
            failed.countDown();
            throw new IllegalStateException("planted");
        });
        assertThat(failed.await(5, TimeUnit.SECONDS)).isTrue();
        CountDownLatch ran = new CountDownLatch(1);
        timer.schedule(in(0), ran::countDown);
        assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
    }

    private static MonotonicTime in(long millis) {
        return new SystemClock().now().plus(Duration.ofMillis(millis));
    }
}
