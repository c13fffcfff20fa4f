package io.pgha.sim.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.pgha.sim.RunResult;
import io.pgha.sim.Simulation;
import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.kernel.Carriers;
import io.pgha.sim.kernel.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A net is as good as its smallest fish: each planted bug is caught, or the build fails. */
@Tag("planted")
class PlantedBugsTest {
    private static final int SEEDS = 150;

    static Stream<PlantedBug> bugs() {
        return Stream.of(
                        LeaseBugs.all(),
                        ConnectionBugs.all(),
                        DiskBugs.all(),
                        ActionBugs.all(),
                        PauseBugs.all(),
                        FailsafeBugs.all(),
                        SlotBugs.all(),
                        SyncBugs.all(),
                        MoreBugs.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aPlantedBugIsCaught(PlantedBug bug) {
        try (Carriers carriers = Carriers.open()) {
            for (long seed = bug.hint(); seed < bug.hint() + SEEDS; seed++) {
                RunResult result = new Simulation(carriers, bug.agents(), line -> {}).run(bug.scenario(seed));
                if (result.failed()) {
                    assertThat(result.failure().orElseThrow().getCause()).isInstanceOf(Violation.class);
                    return;
                }
            }
            fail("not caught in " + SEEDS + " seeds: " + bug);
        }
    }

    /** Otherwise the bugs that are planted without the dead-man would prove nothing. */
    @Test
    void theLeaseGuardAloneIsEnoughWhileTheAgentRuns() {
        AgentMaker noDeadMan = Sabotage.ports(Sabotage::noDeadMan);
        PlantedBug none = new PlantedBug(
                "none",
                noDeadMan,
                List.of(FaultFamily.ETCD_PARTITION, FaultFamily.ETCD_OUTAGE, FaultFamily.WALL_CLOCK),
                2);
        try (Carriers carriers = Carriers.open()) {
            for (long seed = 1; seed <= 20; seed++) {
                assertThat(new Simulation(carriers, none.agents(), line -> {})
                                .run(none.scenario(seed))
                                .report())
                        .startsWith("passed");
            }
        }
    }
}
