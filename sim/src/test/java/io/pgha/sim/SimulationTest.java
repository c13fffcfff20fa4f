package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.decide.Rule;
import io.pgha.core.rules.DecisionTable;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.fault.FaultPlan;
import io.pgha.sim.kernel.Carriers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int SEEDS = 500;
    /** What happens in a pause is seldom by chance alone: worlds in which much is done in pauses. */
    private static final int PAUSED_SEEDS = 40;

    private static final int FIRST_PAUSED_SEED = 1;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** A rule that no world reaches was never tried; none is excused so far. */
    @Test
    void safetyHoldsAtEveryEventEveryClusterHealsAndEveryRuleIsReached() {
        List<String> failures = new ArrayList<>();
        Consumer<RunResult> noting = result -> {
            if (result.failed()) {
                failures.add(result.report());
            }
        };
        Campaign campaign = new Campaign(2, RealAgent::standard);
        Tally tally = campaign.run(1, SEEDS, SimulationTest::scenario, noting);
        Tally paused = campaign.run(
                FIRST_PAUSED_SEED,
                PAUSED_SEEDS,
                seed -> scenario(seed).with(FaultPlan.only(FaultFamily.PAUSED_WORK)),
                noting);
        assertThat(failures).isEmpty();
        assertThat(tally.runs()).isEqualTo(SEEDS);
        Set<String> reached = new TreeSet<>(tally.decisions().keySet());
        reached.addAll(paused.decisions().keySet());
        assertThat(DecisionTable.standard().rules())
                .extracting(Rule::id)
                .as("rules that were reached")
                .isSubsetOf(reached);
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
