package io.pgha.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** On threads, and on continuations where this Java has them. */
@ParameterizedClass
@MethodSource("kinds")
class SchedulerTest {
    private final Scheduler scheduler;
    private final List<String> log = new ArrayList<>();

    SchedulerTest(Carriers carriers) {
        scheduler = new Scheduler(carriers);
    }

    static Stream<Carriers> kinds() {
        return Stream.of(new ThreadCarriers(), Carriers.open());
    }

    @AfterEach
    void endWorld() {
        scheduler.end();
    }

    @Test
    void eventsOfOneMomentHappenInTheOrderInWhichTheyWereMade() {
        scheduler.after(Duration.ofSeconds(2), () -> log.add("third"));
        scheduler.after(Duration.ofSeconds(1), () -> log.add("first"));
        scheduler.after(Duration.ofSeconds(1), () -> log.add("second"));

        scheduler.run(Duration.ofSeconds(5));

        assertThat(log).containsExactly("first", "second", "third");
        assertThat(scheduler.now()).isEqualTo(5_000_000_000L);
    }

    @Test
    void sleepingCoroutinesInterleaveByVirtualTime() {
        SimProcess process = scheduler.process("p");
        process.spawn("slow", () -> say("slow", 3, Duration.ofSeconds(2)));
        process.spawn("fast", () -> say("fast", 3, Duration.ofSeconds(1)));

        scheduler.run(Duration.ofMinutes(1));

        assertThat(log).containsExactly("fast 1", "slow 2", "fast 2", "fast 3", "slow 4", "slow 6");
    }

    @Test
    void aWokenCoroutineGoesOnBeforeItsTime() {
        Coroutine sleeper =
                scheduler.process("p").spawn("sleeper", () -> log.add("woken " + scheduler.park(Duration.ofHours(1))));
        scheduler.after(Duration.ofSeconds(3), sleeper::wake);

        scheduler.run(Duration.ofSeconds(3));

        assertThat(log).containsExactly("woken true");
    }

    @Test
    void aKilledProcessIsUnwoundFromTheCallInWhichItIsParked() {
        SimProcess process = scheduler.process("p");
        process.spawn("victim", () -> {
            try {
                scheduler.sleep(Duration.ofSeconds(10));
                log.add("survived");
            } catch (RuntimeException caught) {
                log.add("caught");
            } finally {
                log.add("unwound");
            }
        });
        scheduler.after(Duration.ofSeconds(5), process::kill);

        scheduler.run(Duration.ofMinutes(1));

        assertThat(log).containsExactly("unwound");
        assertThatThrownBy(process::alive).isInstanceOf(SimulatedCrash.class);
    }

    @Test
    void aFrozenProcessGoesOnWhenItThaws() {
        SimProcess process = scheduler.process("p");
        process.spawn("frozen", () -> say("frozen", 1, Duration.ofSeconds(2)));
        scheduler.after(Duration.ofSeconds(1), process::freeze);
        scheduler.after(Duration.ofSeconds(7), process::thaw);

        scheduler.run(Duration.ofMinutes(1));

        assertThat(log).containsExactly("frozen 7");
    }

    @Test
    void whatACoroutineThrowsEndsTheRun() {
        scheduler.process("p").spawn("buggy", () -> {
            throw new IllegalArgumentException("a bug");
        });
        assertThatThrownBy(() -> scheduler.run(Duration.ofSeconds(1)))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("a bug");
    }

    @Test
    void aFailedCheckEndsTheRunWhileCoroutinesSleep() {
        scheduler.process("p").spawn("sleeper", () -> scheduler.sleep(Duration.ofHours(1)));
        scheduler.after(Duration.ofSeconds(1), () -> log.add("bad"));
        scheduler.afterEach(() -> {
            if (log.contains("bad")) {
                throw new AssertionError("seen");
            }
        });
        assertThatThrownBy(() -> scheduler.run(Duration.ofHours(2)))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("seen");
        assertThat(scheduler.now()).isEqualTo(1_000_000_000L);
    }

    private void say(String what, int times, Duration pause) {
        for (int i = 0; i < times; i++) {
            scheduler.sleep(pause);
            log.add(what + " " + scheduler.now() / 1_000_000_000L);
        }
    }
}
