package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadDoorbellTest {
    private final ThreadDoorbell doorbell = new ThreadDoorbell();

    @Test
    void aRingBeforeTheWaitCountsAndManyCountOnce() throws InterruptedException {
        doorbell.ring();
        doorbell.ring();
        assertThat(doorbell.await(Duration.ofSeconds(10))).isTrue();
        assertThat(doorbell.await(Duration.ZERO)).isFalse();
    }

    @Test
    void withoutARingTheTimePasses() throws InterruptedException {
        long before = System.nanoTime();
        assertThat(doorbell.await(Duration.ofMillis(30))).isFalse();
        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos());
    }

    @Test
    void aRingFromAnotherThreadEndsTheSleep() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        DaemonThread.start("ringer", () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            doorbell.ring();
        });
        go.countDown();
        assertThat(doorbell.await(Duration.ofSeconds(10))).isTrue();
    }
}
