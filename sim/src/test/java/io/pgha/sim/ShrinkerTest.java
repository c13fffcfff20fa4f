package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.agent.port.Fence;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Decision;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Postmaster;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.agent.SimAgent;
import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.kernel.Carriers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final List<FaultFamily> FAMILIES = List.of(
            FaultFamily.AGENT_CRASH, FaultFamily.AGENT_FREEZE_LONG, FaultFamily.WALL_CLOCK, FaultFamily.ETCD_UPKEEP);

    @Test
    void aFailureIsMadeSmallAndItsCommandShowsTheSameFailure() {
        try (Carriers carriers = Carriers.open()) {
            RunResult failed = firstFailure(carriers);
            RunResult small = new Shrinker(carriers, ShrinkerTest::withoutDeadMan).shrink(failed);

            assertThat(Shrinker.kind(small)).isEqualTo(Shrinker.kind(failed));
            assertThat(small.strikes()).hasSizeLessThanOrEqualTo(2);
            assertThat(small.replay())
                    .contains("--strikes " + small.strikes().get(0).number());
            assertThat(new Simulation(carriers, ShrinkerTest::withoutDeadMan, line -> {})
                            .run(small.scenario())
                            .hash())
                    .isEqualTo(small.hash());
        }
    }

    @Test
    void aStrikeThatIsLeftOutDoesNotChangeTheOthers() {
        try (Carriers carriers = Carriers.open()) {
            Scenario scenario = Scenario.of(7, LENGTH);
            RunResult all = new Simulation(carriers, RealAgent::standard, line -> {}).run(scenario);
            List<Integer> numbers =
                    all.strikes().stream().map(strike -> strike.number()).toList();
            RunResult same = new Simulation(carriers, RealAgent::standard, line -> {})
                    .run(scenario.with(scenario.faults().only(numbers)));
            assertThat(same.strikes()).isEqualTo(all.strikes());
            assertThat(same.events()).isEqualTo(all.events());
        }
    }

    private static RunResult firstFailure(Carriers carriers) {
        for (long seed = 1; seed < 50; seed++) {
            Scenario scenario = Scenario.of(seed, LENGTH);
            RunResult result = new Simulation(carriers, ShrinkerTest::withoutDeadMan, line -> {})
                    .run(scenario.with(scenario.faults().among(FAMILIES)));
            if (result.failed()) {
                return result;
            }
        }
        throw new AssertionError("no seed fails");
    }

    /** An agent that believes its dead-man to be armed when there is none. */
    private static SimAgent withoutDeadMan(Surroundings s, Consumer<Decision> journal) {
        Fence none = new Fence() {
            @Override
            public boolean arm(MonotonicTime deadline, Postmaster postmaster) {
                return true;
            }

            @Override
            public void disarm() {
                // There is nothing to disarm.
            }

            @Override
            public FenceStatus status() {
                return new FenceStatus(true, "none");
            }
        };
        return RealAgent.standard(
                new Surroundings(
                        s.clock(),
                        s.dcs(),
                        s.postgres(),
                        s.peers(),
                        none,
                        s.jobs(),
                        s.callbacks(),
                        s.events(),
                        s.timer(),
                        s.doorbell(),
                        s.configuration()),
                journal);
    }
}
