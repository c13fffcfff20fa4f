package io.pgha.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingTest {

    @ParameterizedTest
    @CsvSource({
        // as written: ttl, loop_wait, retry_timeout; as used
        "30, 10, 10, 30, 10, 10",
        "5, 1, 2, 5, 1, 2",
        "4, 1, 2, 5, 1, 2",
        "20, 10, 8, 20, 4, 8",
        "20, 1, 10, 20, 1, 9",
        "5, 0, 0, 5, 1, 1",
        "6, 10, 3, 6, 1, 2",
        "0, 0, 0, 5, 1, 1",
        "-5, -5, -5, 5, 1, 1",
    })
    void timesAreFittedToOurRule(long ttl, long loop, long retry, long usedTtl, long usedLoop, long usedRetry) {
        assertThat(Timing.ofSeconds(ttl, loop, retry)
                        .enforce(Timing.Limits.PGHA)
                        .timing())
                .isEqualTo(Timing.ofSeconds(usedTtl, usedLoop, usedRetry));
    }

    @ParameterizedTest
    @CsvSource({"30, 10, 10, 30, 10, 10", "5, 1, 2, 20, 1, 3", "20, 10, 8, 20, 4, 8", "19, 1, 10, 20, 1, 9"})
    void timesAreFittedToPatronisRule(long ttl, long loop, long retry, long usedTtl, long usedLoop, long usedRetry) {
        assertThat(Timing.ofSeconds(ttl, loop, retry)
                        .enforce(Timing.Limits.PATRONI)
                        .timing())
                .isEqualTo(Timing.ofSeconds(usedTtl, usedLoop, usedRetry));
    }

    @Property
    void afterwardsTheRuleHoldsAndNothingMoreIsToDo(@ForAll long ttl, @ForAll long loop, @ForAll long retry) {
        for (Timing.Limits limits : Timing.Limits.values()) {
            Timing timing = Timing.ofSeconds(ttl, loop, retry).enforce(limits).timing();

            assertThat(timing.loopWait().plus(timing.retryTimeout().multipliedBy(2)))
                    .isLessThanOrEqualTo(timing.ttl());
            assertThat(timing.loopWait()).isPositive();
            assertThat(timing.retryTimeout()).isPositive();
            assertThat(timing.enforce(limits).adjustments()).isEmpty();
        }
    }

    @Property
    void whatKeepsTheRuleIsLeftAlone(
            @ForAll @LongRange(min = 1, max = 100) long loop, @ForAll @LongRange(min = 3, max = 100) long retry) {
        Timing timing = Timing.ofSeconds(Math.max(20, loop + 2 * retry), loop, retry);

        assertThat(timing.enforce(Timing.Limits.PATRONI)).isEqualTo(new Timing.Enforced(timing, java.util.List.of()));
    }

    @Test
    void aProfileStandsForTimesThatAreNotWritten() {
        assertThat(new DynamicConfig(Map.of("profile", "fast")).requestedTiming())
                .isEqualTo(Timing.ofSeconds(5, 1, 2));
        assertThat(new DynamicConfig(Map.of("profile", "safe", "loop_wait", "5")).requestedTiming())
                .isEqualTo(Timing.ofSeconds(60, 5, 25));
        assertThat(new DynamicConfig(Map.of("profile", "unheard-of")).requestedTiming())
                .isEqualTo(Timing.DEFAULT);
    }

    @Test
    void everyProfileKeepsTheRule() {
        for (Profile profile : Profile.values()) {
            assertThat(profile.timing().enforce(Timing.Limits.PGHA).adjustments())
                    .isEmpty();
        }
    }
}
