package io.pgha.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockJumpTest {
    private static final class HandSetClock implements Clock {
        private MonotonicTime now = new MonotonicTime(0);
        private Instant wall = Instant.parse("2026-11-21T00:00:00Z");

        void pass(Duration monotonic, Duration onTheWall) {
            now = now.plus(monotonic);
            wall = wall.plus(onTheWall);
        }

        @Override
        public MonotonicTime now() {
            return now;
        }

        @Override
        public Instant wall() {
            return wall;
        }
    }

    private final HandSetClock clock = new HandSetClock();
    private final ClockJump jump = new ClockJump(clock);

    @Test
    void clocksThatGoTogetherAreTrusted() {
        clock.pass(Duration.ofSeconds(10), Duration.ofMillis(10_100));
        assertThat(jump.happened()).isFalse();
    }

    @Test
    void aSuspendedMachineIsNoticedOnce() {
        clock.pass(Duration.ofSeconds(1), Duration.ofSeconds(60));
        assertThat(jump.happened()).isTrue();
        clock.pass(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(jump.happened()).isFalse();
    }

    @Test
    void aWallClockThatWasSetBackIsNoticed() {
        clock.pass(Duration.ofSeconds(1), Duration.ofHours(-1));
        assertThat(jump.happened()).isTrue();
    }
}
