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
import org.junit.jupiter.api.Test;

/** A cluster to which nothing happens. */
class QuietClusterTest {
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final FaultPlan NOTHING =
            new FaultPlan(List.of(FaultFamily.WALL_CLOCK), LENGTH, Duration.ofHours(1), 1);

    private final List<String> trace = new ArrayList<>();

    @Test
    void oneNodeInitialisesTheClusterAndTheOthersCopyIt() {
        run(Timing.NORMAL);
        assertThat(trace).filteredOn(line -> line.contains("BootstrapBegins")).hasSize(1);
        assertThat(trace).filteredOn(line -> line.contains("streams from")).hasSize(2);
        assertThat(trace).noneMatch(line -> line.contains("agent ends"));
    }

    @Test
    void nobodyIsEverPromoted() {
        run(Timing.seconds(5, 1, 2));
        assertThat(trace).noneMatch(line -> line.contains("is being promoted"));
    }

    private void run(Timing timing) {
        try (Carriers carriers = Carriers.open()) {
            RunResult result = new Simulation(carriers, RealAgent::standard, trace::add)
                    .run(new Scenario(1, Shape.plain(3, timing), NOTHING, LENGTH));
            assertThat(result.report()).startsWith("passed");
            assertThat(result.strikes()).isEmpty();
        }
    }
}
