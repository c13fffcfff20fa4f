package io.pgha.sim;

import static io.pgha.sim.fault.FaultFamily.AGENT_CRASH;
import static io.pgha.sim.fault.FaultFamily.AGENT_FREEZE_LONG;
import static io.pgha.sim.fault.FaultFamily.ISOLATION;
import static io.pgha.sim.fault.FaultFamily.LOST_REPLIES;
import static io.pgha.sim.fault.FaultFamily.NODE_LOSS;
import static io.pgha.sim.fault.FaultFamily.POSTGRES_HANG;
import static io.pgha.sim.fault.FaultFamily.SLOW_CALLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.fault.FaultPlan;
import io.pgha.sim.kernel.Carriers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds that failed once, with what they found. A world that changes may not find it again, but costs little. */
@Tag("long")
class FailedSeedsTest {
    private static final Duration LENGTH = Duration.ofMinutes(10);

    @ParameterizedTest
    @ValueSource(longs = {8, 65, 77, 99, 100, 156})
    void aTimelineHasOneHistory(long seed) {
        passes(Scenario.of(seed, LENGTH));
    }

    @Test
    void aLeaderThatWasFrozenDoesNotOverwriteItsSuccessorsHistory() {
        passes(under(51, 2, SLOW_CALLS, AGENT_FREEZE_LONG, AGENT_CRASH));
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 268})
    void aLeaderThatWasFrozenDoesNotRenewOnWhatItSawBefore(long seed) {
        passes(under(seed, 3, NODE_LOSS, ISOLATION, AGENT_FREEZE_LONG, POSTGRES_HANG, LOST_REPLIES));
    }

    @Test
    void aClaimToInitialiseWhoseAnswerIsLostIsMadeAgain() {
        Scenario scenario = Scenario.of(1285, Duration.ofMinutes(5));
        passes(scenario.with(scenario.faults().only(List.of(1, 2))));
    }

    private static Scenario under(long seed, int together, FaultFamily... families) {
        return Scenario.of(seed, LENGTH)
                .with(new FaultPlan(List.of(families), Duration.ofSeconds(40), Duration.ofSeconds(15), together));
    }

    private static void passes(Scenario scenario) {
        try (Carriers carriers = Carriers.open()) {
            assertThat(new Simulation(carriers, RealAgent::standard, line -> {})
                            .run(scenario)
                            .report())
                    .startsWith("passed");
        }
    }
}
