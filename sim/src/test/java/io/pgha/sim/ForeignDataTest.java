package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ForeignData;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.world.SimNode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A member whose data directory is of another cluster says so in its member key, for {@code hactl list}. */
class ForeignDataTest {
    private static final Duration A_WHILE = Duration.ofSeconds(30);
    /** The service manager starts an agent that ended, and each life looks at the data once. */
    private static final Duration A_LIFE = Duration.ofSeconds(10);

    private static Optional<String> told(SmallWorld world, String member) {
        return ForeignData.of(world.member(member));
    }

    private static Optional<String> found(SimNode node) {
        return node.server().folder().map(folder -> folder.systemIdentifier());
    }

    @Test
    void inPauseItIsToldUntilTheDataAreGone() {
        try (SmallWorld world = new SmallWorld(RealAgent::standard)) {
            String standby = world.aStandby();
            SimNode node = world.world().node(standby);
            assertThat(told(world, standby)).isEmpty();
            world.pause();
            world.passes(A_WHILE);
            node.server().exchangeData();
            world.passes(A_WHILE);
            assertThat(told(world, standby)).isPresent().isEqualTo(found(node));
            assertThat(told(world, world.leader())).isEmpty();
            assertThat(node.agentRuns()).isTrue();

            node.server().loseData();
            world.passes(A_WHILE);
            assertThat(told(world, standby)).isEmpty();
            world.resume();
            world.passes(A_WHILE);
            assertThat(found(node)).isEqualTo(found(world.world().node(world.leader())));
            assertThat(told(world, standby)).isEmpty();
        }
    }

    @Test
    void withoutAPauseItIsTheLastThatTheAgentTells() {
        try (SmallWorld world = new SmallWorld(RealAgent::standard)) {
            String standby = world.aStandby();
            SimNode node = world.world().node(standby);
            node.server().exchangeData();
            world.passes(A_LIFE);
            assertThat(told(world, standby)).isPresent().isEqualTo(found(node));
        }
    }
}
