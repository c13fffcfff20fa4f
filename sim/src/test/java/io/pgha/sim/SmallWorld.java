package io.pgha.sim;

import io.pgha.core.decide.Decision;
import io.pgha.core.model.Member;
import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.kernel.Carriers;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.kernel.Scheduler;
import io.pgha.sim.kernel.Trace;
import io.pgha.sim.world.Shape;
import io.pgha.sim.world.Timing;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Three plain members in peace, to which a test does what it likes, step by step. */
final class SmallWorld implements AutoCloseable {
    /** A decision of one of the members. */
    record Decided(String member, Decision decision) {
        @Override
        public String toString() {
            return member + ": " + decision.rule() + ": " + decision.reason();
        }
    }

    private static final Duration SETTLED = Duration.ofMinutes(3);

    private final Carriers carriers = Carriers.open();
    private final Scheduler scheduler = new Scheduler(carriers);
    private final List<Decided> decided = new ArrayList<>();
    private final World world;
    private Duration now = Duration.ZERO;

    /** Its members have settled. */
    SmallWorld(AgentMaker agents) {
        this.world = new World(
                scheduler,
                new Trace(scheduler, line -> {}),
                new Chance(11),
                Shape.plain(3, Timing.seconds(20, 5, 5)),
                agents);
        world.onDecision((member, decision) -> decided.add(new Decided(member, decision)));
        world.nodes().forEach(node -> node.startAgentIn(Duration.ofMillis(200)));
        passes(SETTLED);
    }

    World world() {
        return world;
    }

    /** What was decided in that time. */
    List<Decided> passes(Duration time) {
        decided.clear();
        now = now.plus(time);
        scheduler.run(now);
        return List.copyOf(decided);
    }

    String leader() {
        return world.storeView().leader().orElseThrow();
    }

    /** The first by name that does not lead. */
    String aStandby() {
        return world.names().stream()
                .filter(name -> !name.equals(leader()))
                .findFirst()
                .orElseThrow();
    }

    /** What a member says of itself in the DCS. */
    Member member(String name) {
        return world.storeView().cluster().member(name).orElseThrow();
    }

    void pause() {
        Map<String, Object> config = world.config().orElseThrow();
        config.put("pause", true);
        world.configure(config);
    }

    void resume() {
        Map<String, Object> config = world.config().orElseThrow();
        config.remove("pause");
        world.configure(config);
    }

    @Override
    public void close() {
        try {
            scheduler.end();
        } finally {
            carriers.close();
        }
    }
}
