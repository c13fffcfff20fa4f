package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.fault.FaultPlan;
import io.pgha.sim.kernel.Carriers;
import io.pgha.sim.world.Shape;
import io.pgha.sim.world.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rolling upgrades: members that behave as Patroni 4.1 beside those of pgha, on the same keys. */
@Tag("long")
class MixedClusterTest {
    private static final int SEEDS = 50;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final FaultPlan NOTHING =
            new FaultPlan(List.of(FaultFamily.WALL_CLOCK), TEN_MINUTES, Duration.ofHours(1), 1);

    @Test
    void safetyHoldsAndEveryClusterHeals() {
        List<String> failures = new ArrayList<>();
        Campaign campaign = new Campaign(2, RealAgent::standard);
        campaign.run(1, SEEDS, seed -> Scenario.mixed(seed, TEN_MINUTES), result -> {
            if (result.failed()) {
                failures.add(result.report());
            }
        });
        assertThat(failures).isEmpty();
    }

    /** Each of the three members is upgraded once; the lead moves when its holder is, and nobody needs a new copy. */
    @Test
    void aClusterOfPatroniBecomesOneOfPgha() {
        Map<String, Duration> upgrades =
                Map.of("n1", Duration.ofMinutes(2), "n2", Duration.ofMinutes(3), "n3", Duration.ofMinutes(4));
        Shape shape = new Shape(3, Timing.NORMAL, Map.of(), Map.of(), upgrades);
        List<String> trace = new ArrayList<>();
        try (Carriers carriers = Carriers.open()) {
            RunResult result = new Simulation(carriers, RealAgent::standard, trace::add)
                    .run(new Scenario(1, shape, NOTHING, TEN_MINUTES));
            assertThat(result.report()).startsWith("passed");
        }
        assertThat(trace).filteredOn(line -> line.contains("is upgraded from")).hasSize(3);
        assertThat(trace).filteredOn(line -> line.contains("is copied from")).hasSize(2);
        assertThat(trace).noneMatch(line -> line.contains("is rewound"));
        assertThat(trace).filteredOn(line -> line.contains("takes writes on")).hasSizeBetween(1, 3);
        assertThat(trace).anyMatch(line -> line.contains("LeadingAsPrimary"));
    }
}
