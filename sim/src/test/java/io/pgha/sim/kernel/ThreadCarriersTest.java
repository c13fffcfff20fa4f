package io.pgha.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ThreadCarriersTest {
    @Test
    void theyAreReused() {
        List<String> log = new ArrayList<>();
        try (Carriers carriers = new ThreadCarriers()) {
            Scheduler scheduler = new Scheduler(carriers);
            for (int i = 0; i < 100; i++) {
                scheduler.after(
                        Duration.ofSeconds(i),
                        () -> scheduler
                                .process("p")
                                .spawn(
                                        "short",
                                        () -> log.add(Thread.currentThread().getName())));
            }
            scheduler.run(Duration.ofMinutes(3));
        }
        assertThat(log).hasSize(100).containsOnly("sim-1");
    }

    @Test
    void aLockHeldOverAPauseIsReportedWithTheStackOfWhoWaits() {
        ReentrantLock lock = new ReentrantLock();
        Scheduler scheduler = new Scheduler(new ThreadCarriers(Duration.ofMillis(200)));
        SimProcess process = scheduler.process("p");
        process.spawn("holder", () -> {
            lock.lock();
            scheduler.sleep(Duration.ofSeconds(10));
        });
        process.spawn("waiter", lock::lock);
        assertThatThrownBy(() -> scheduler.run(Duration.ofMinutes(1)))
                .hasMessageContaining("a lock held over a port call?")
                .hasMessageContaining("ReentrantLock.lock");
    }
}
