package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.kernel.Carriers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int SEEDS = 500;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void safetyHoldsAtEveryEventAndEveryClusterHeals() {
        List<String> failures = new ArrayList<>();
        Tally tally = new Campaign(2, RealAgent::standard).run(1, SEEDS, SimulationTest::scenario, result -> {
            if (result.failed()) {
                failures.add(result.report());
            }
        });
        assertThat(failures).isEmpty();
        assertThat(tally.runs()).isEqualTo(SEEDS);
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        for (long seed = 3000; seed < 3005; seed++) {
            RunResult first = run(seed);
            RunResult second = run(seed);
            assertThat(second.hash()).as("seed " + seed).isEqualTo(first.hash());
            assertThat(second.events()).isEqualTo(first.events());
        }
        assertThat(run(3000).hash()).isNotEqualTo(run(3001).hash());
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        Tally one = new Campaign(1, RealAgent::standard).run(1, 6, SimulationTest::scenario, result -> {});
        Tally three = new Campaign(3, RealAgent::standard).run(1, 6, SimulationTest::scenario, result -> {});
        assertThat(three.hash()).isEqualTo(one.hash());
    }

    private static Scenario scenario(long seed) {
        return Scenario.of(seed, TEN_MINUTES);
    }

    private static RunResult run(long seed) {
        try (Carriers carriers = new Carriers()) {
            return new Simulation(carriers, RealAgent::standard, line -> {}).run(Scenario.of(seed, TEN_MINUTES));
        }
    }
}
