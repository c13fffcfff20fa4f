package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.fault.FaultPlan;
import io.pgha.sim.world.Shape;
import io.pgha.sim.world.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Worlds in which only etcd fails, for all, and all members reach each other (reliability.md, L6). */
@Tag("long")
class OutageTest {
    private static final int SEEDS = 14;
    private static final Duration PATRONI_TTL = Duration.ofSeconds(20);
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final List<String> STOPS =
            List.of("PrimaryCannotProveItsLock", "LeaderCannotProveItsLock", "LeaderLostItsLock", "LeaderIsPromoted");

    private final List<String> failures = new ArrayList<>();
    private final Map<Long, Map<String, Long>> stops = new TreeMap<>();

    private void run(boolean failsafe) {
        Campaign campaign = new Campaign(2, RealAgent::standard);
        campaign.run(1, SEEDS, seed -> scenario(seed, failsafe), result -> {
            if (result.failed()) {
                failures.add(result.report());
            }
            Map<String, Long> found = new TreeMap<>(result.decisions());
            found.keySet().retainAll(STOPS);
            stops.put(result.scenario().seed(), found);
        });
        assertThat(failures).isEmpty();
    }

    private static Scenario scenario(long seed, boolean failsafe) {
        Shape shape = Scenario.of(seed, LENGTH).shape().asynchronous().with(Map.of("failsafe_mode", failsafe));
        // A ttl of 5 leaves no room for two calls without an answer and the question to the members.
        Shape roomy = shape.timing().ttl().compareTo(PATRONI_TTL) < 0 ? shape.with(Timing.seconds(20, 2, 3)) : shape;
        return new Scenario(seed, roomy, FaultPlan.only(FaultFamily.ETCD_OUTAGE, FaultFamily.ETCD_UPKEEP), LENGTH);
    }

    @Test
    void withFailsafeModeNoHealthyPrimaryIsEverDemoted() {
        run(true);
        assertThat(stops.values())
                .hasSize(SEEDS)
                .allSatisfy(found -> assertThat(found).isEmpty());
    }

    /** That it stops before its lock ends is checked after every event (S2). */
    @Test
    void withoutItThePrimaryStopsInTime() {
        run(false);
        assertThat(stops.values())
                .filteredOn(found -> found.containsKey("PrimaryCannotProveItsLock"))
                .hasSizeGreaterThan(SEEDS / 2);
    }
}
