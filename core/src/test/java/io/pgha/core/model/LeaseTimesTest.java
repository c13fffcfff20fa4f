package io.pgha.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LeaseTimesTest {
    @Property
    void theLoopActsBeforeTheGuardAndTheGuardBeforeTheDeadMan(@ForAll @IntRange(min = 5, max = 3600) int seconds) {
        LeaseTimes times = LeaseTimes.forTtl(Duration.ofSeconds(seconds));
        assertThat(times.demoteLead()).isGreaterThan(times.guardLead()).isLessThan(Duration.ofSeconds(seconds));
        assertThat(times.guardLead()).isGreaterThan(times.deadManLead());
        assertThat(times.deadManLead()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
}
