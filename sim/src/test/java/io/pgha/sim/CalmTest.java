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

/** Small troubles that give nobody a reason to take over (reliability.md, L5 and S13). */
@Tag("long")
class CalmTest {
    private static final int SEEDS = 30;
    private static final Duration LENGTH = Duration.ofMinutes(10);
    /** Patroni's shortest ttl; below it an agent that stands still for ttl/2 has no time left. */
    private static final Timing TIMING = Timing.seconds(20, 2, 3);

    private static final List<String> CHANGES = List.of(
            "PrimaryCannotProveItsLock",
            "LeaderCannotProveItsLock",
            "LeaderLostItsLock",
            "PrimaryIsDemoted",
            "LeaderIsPromoted");

    private static Scenario scenario(long seed) {
        Shape shape = Scenario.of(seed, LENGTH).shape().asynchronous().with(TIMING);
        FaultPlan small = FaultPlan.only(
                FaultFamily.WALL_CLOCK,
                FaultFamily.CLOCK_DRIFT,
                FaultFamily.ETCD_UPKEEP,
                FaultFamily.PEERS_PARTITION,
                FaultFamily.MEMBERS_LOSSY,
                FaultFamily.MEMBERS_SLOW,
                FaultFamily.REPLAY_PAUSED,
                FaultFamily.AGENT_FREEZE_SHORT);
        return new Scenario(seed, shape, small, LENGTH);
    }

    @Test
    void clocksUpkeepOfEtcdShortFreezesAndReplicasInTroubleMoveNobody() {
        List<String> failures = new ArrayList<>();
        Map<Long, Map<String, Long>> changes = new TreeMap<>();
        new Campaign(2, RealAgent::standard).run(1, SEEDS, CalmTest::scenario, result -> {
            if (result.failed()) {
                failures.add(result.report());
            }
            Map<String, Long> found = new TreeMap<>(result.decisions());
            found.keySet().retainAll(CHANGES);
            changes.put(result.scenario().seed(), found);
        });
        assertThat(failures).isEmpty();
        assertThat(changes.values())
                .hasSize(SEEDS)
                .allSatisfy(found -> assertThat(found).isEmpty());
    }
}
