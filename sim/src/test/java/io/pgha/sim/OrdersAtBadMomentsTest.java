package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.port.Doorbell;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Decision;
import io.pgha.core.model.ReinitializeOrder;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.rules.DecisionTable;
import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.agent.SimAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Operators who restart and reinitialise members while everything else goes wrong, too (reliability.md 68, 71). Clusters
 * are asynchronous here: with quorum and strict mode, seed 20036 ends without a leader while everybody's data is being
 * replaced, and it is open whether rightly.
 */
@Tag("long")
class OrdersAtBadMomentsTest {
    private static final int SEEDS = 40;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** An agent whose operator orders something every few cycles of the loop. */
    static final AgentMaker PESTERED = OrdersAtBadMomentsTest::pestered;

    private static SimAgent pestered(Surroundings world, Consumer<Decision> journal) {
        Inbox inbox = new Inbox(world.doorbell());
        Doorbell pestering = new Doorbell() {
            private long cycles = world.clock().now().nanos() / 1000;

            @Override
            public void ring() {
                world.doorbell().ring();
            }

            @Override
            public boolean await(Duration longest) throws InterruptedException {
                cycles++;
                if (cycles % 41 == 0) {
                    inbox.restart(RestartOrder.PLAIN);
                }
                if (cycles % 67 == 0) {
                    inbox.reinitialize(new ReinitializeOrder(cycles % 2 == 0, cycles % 3 == 0));
                }
                return world.doorbell().await(longest);
            }
        };
        Surroundings theirs = new Surroundings(
                world.clock(),
                world.dcs(),
                world.postgres(),
                world.peers(),
                world.fence(),
                world.jobs(),
                world.callbacks(),
                world.events(),
                world.timer(),
                pestering,
                world.configuration());
        return new RealAgent(theirs, journal, DecisionTable.standard().rules(), inbox);
    }

    private static Scenario asynchronous(long seed) {
        Scenario any = Scenario.of(seed, TEN_MINUTES);
        return new Scenario(seed, any.shape().asynchronous(), any.faults(), TEN_MINUTES);
    }

    @Test
    void safetyHoldsAndEveryClusterHeals() {
        List<String> failures = new ArrayList<>();
        Tally tally = new Campaign(2, PESTERED).run(20_001, SEEDS, OrdersAtBadMomentsTest::asynchronous, result -> {
            if (result.failed()) {
                failures.add(result.report());
            }
        });
        assertThat(failures).isEmpty();
        assertThat(tally.decisions()).containsKeys("RestartOrdered", "ReinitializeOrdered");
    }
}
