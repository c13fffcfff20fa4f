package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.decide.Rule;
import io.pgha.core.rules.DecisionTable;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.fault.FaultPlan;
import io.pgha.sim.kernel.Carriers;
import io.pgha.sim.world.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SimulationTest {
    private static final int SEEDS = 2_000;
    /** Of each kind of world in which much happens of what is seldom by chance alone. */
    private static final int EACH = 8;

    private static final List<Rare> RARE = List.of(
            Rare.of(FaultFamily.PAUSED_WORK),
            Rare.of(FaultFamily.PAUSED_HANDOVER),
            Rare.of(FaultFamily.ETCD_RESTORED, FaultFamily.NODE_LOSS),
            Rare.of(FaultFamily.CLUSTER_ROLE, FaultFamily.REMOTE, FaultFamily.LEADER_KEY, FaultFamily.LOCK_LOST_MIDWAY),
            Rare.of(FaultFamily.ORDERS, FaultFamily.NODE_LOSS, FaultFamily.POSTGRES_CANNOT_START, FaultFamily.BIRTH),
            // pg_rewind fails, or is broken off
            Rare.of(FaultFamily.REMOTE, FaultFamily.POSTGRES_TROUBLE).threeAtATime(Duration.ofSeconds(15)));

    /** @param pause from one time to the next */
    private record Rare(List<FaultFamily> families, int together, Duration pause) {
        static Rare of(FaultFamily... families) {
            return new Rare(List.of(families), 1, Duration.ofSeconds(30));
        }

        Rare threeAtATime(Duration newPause) {
            return new Rare(families, 3, newPause);
        }
    }

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** A rule that no world reaches was never tried. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void safetyHoldsAtEveryEventEveryClusterHealsAndEveryRuleIsReached() {
        List<String> failures = new ArrayList<>();
        Consumer<RunResult> noting = result -> {
            if (result.failed()) {
                failures.add(result.report());
            }
        };
        Campaign campaign = new Campaign(2, RealAgent::standard);
        Tally tally = campaign.run(1, SEEDS, SimulationTest::scenario, noting);
        Set<String> reached = new TreeSet<>(tally.decisions().keySet());
        for (Rare kind : RARE) {
            for (boolean standby : List.of(false, true)) {
                Tally rare = campaign.run(1, EACH, seed -> rare(seed, kind, standby), noting);
                reached.addAll(rare.decisions().keySet());
            }
        }
        assertThat(failures).isEmpty();
        assertThat(tally.runs()).isEqualTo(SEEDS);
        assertThat(DecisionTable.standard().rules())
                .extracting(Rule::id)
                .as("all rules, and those that were reached")
                .isSubsetOf(reached);
    }

    private static Scenario rare(long seed, Rare kind, boolean standby) {
        Scenario any = scenario(seed);
        Shape shape = standby ? any.shape().following() : any.shape();
        FaultPlan plan = new FaultPlan(kind.families(), kind.pause(), Duration.ofSeconds(20), kind.together());
        return new Scenario(seed, shape, plan, TEN_MINUTES);
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
        try (Carriers carriers = Carriers.open()) {
            return new Simulation(carriers, RealAgent::standard, line -> {}).run(Scenario.of(seed, TEN_MINUTES));
        }
    }
}
