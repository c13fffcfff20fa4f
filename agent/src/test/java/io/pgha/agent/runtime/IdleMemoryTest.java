package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdleMemoryTest {
    private Duration elapsed = Duration.ZERO;
    private final AtomicInteger times = new AtomicInteger();

    private final Clock clock = new Clock() {
        @Override
        public MonotonicTime now() {
            return new MonotonicTime(elapsed.toNanos());
        }

        @Override
        public Instant wall() {
            return Instant.EPOCH.plus(elapsed);
        }
    };

    @Test
    void memoryIsGivenBackAfterTheStartAndThenNowAndThen() {
        IdleMemory memory = new IdleMemory(clock, times::incrementAndGet);

        assertThat(timesAt(memory, Duration.ZERO)).isZero();
        assertThat(timesAt(memory, IdleMemory.FIRST.minusMillis(1))).isZero();
        assertThat(timesAt(memory, IdleMemory.FIRST)).isOne();
        assertThat(timesAt(memory, IdleMemory.FIRST.plusSeconds(1))).isOne();
        assertThat(timesAt(memory, IdleMemory.FIRST.plus(IdleMemory.EVERY).minusMillis(1)))
                .isOne();
        assertThat(timesAt(memory, IdleMemory.FIRST.plus(IdleMemory.EVERY))).isEqualTo(2);
    }

    private int timesAt(IdleMemory memory, Duration time) {
        elapsed = time;
        memory.trimWhenDue();
        return times.get();
    }

    @Test
    void onlyReadOnlyFilesWithoutPagesOfTheirOwnAreClean() {
        Stream<String> smaps = Stream.of(
                "7f0000000000-7f0000100000 r-xp 00001000 08:01 42                         /usr/lib/libjvm.so",
                "Rss:                 100 kB",
                "Anonymous:             0 kB",
                "VmFlags: rd ex mr mw me",
                "7f0000200000-7f0000300000 r--p 00001000 08:01 42                         /usr/lib/libjvm.so",
                "Anonymous:           940 kB",
                "7f0000400000-7f0000500000 rw-p 00001000 08:01 43                         /lib/pgha.aot",
                "Anonymous:             0 kB",
                "7f0000600000-7f0000700000 r--s 00000000 08:01 44                         /lib/modules",
                "Anonymous:             0 kB",
                "7f0000800000-7f0000801000 r--p 00000000 08:01 44                         /lib/small.so",
                "Anonymous:             0 kB",
                "7f0000900000-7f0000a00000 r--p 00000000 00:00 0 ",
                "Anonymous:             0 kB",
                "7ffd00000000-7ffd00100000 r-xp 00000000 00:00 0                          [vdso]",
                "Anonymous:             0 kB",
                "800000000-800100000 r--p 00001000 08:01 43                         /lib with blank/pgha.aot",
                "Anonymous:             0 kB");

        assertThat(CleanMappings.in(smaps))
                .containsExactly(
                        new CleanMappings.Range(0x7f0000000000L, 1 << 20),
                        new CleanMappings.Range(0x800000000L, 1 << 20));
    }

    @Test
    void theProcessGoesOnAfterItsPagesWereGivenBack() {
        NativePages.giveBack();
        NativePages.giveBack();

        assertThat(Stream.of("a", "b").map(String::toUpperCase)).containsExactly("A", "B");
    }
}
