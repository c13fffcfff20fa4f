package io.pgha.sim.planted;

import io.pgha.sim.Scenario;
import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.fault.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One mistake.
 *
 * @param name what is wrong; a number is that of reliability.md, section 6
 * @param agents makes agents that do it
 * @param faults what brings it to light
 * @param together how many of them at a time
 * @param config what the clusters have on top in their dynamic configuration
 * @param hint the first seed to try: one that caught it once saves the time of those before it
 */
record PlantedBug(
        String name, AgentMaker agents, List<FaultFamily> faults, int together, Map<String, Object> config, int hint) {
    private static final Duration LENGTH = Duration.ofMinutes(10);

    PlantedBug(String name, AgentMaker agents, List<FaultFamily> faults, int together) {
        this(name, agents, faults, together, Map.of(), 1);
    }

    /** The same in clusters with that configuration. */
    PlantedBug in(Map<String, Object> wanted) {
        return new PlantedBug(name, agents, faults, together, wanted, hint);
    }

    /** The same, tried from that seed on. */
    PlantedBug from(int seed) {
        return new PlantedBug(name, agents, faults, together, config, seed);
    }

    Scenario scenario(long seed) {
        FaultPlan plan = new FaultPlan(faults, Duration.ofSeconds(40), Duration.ofSeconds(15), together);
        Scenario any = Scenario.of(seed, LENGTH);
        return new Scenario(seed, any.shape().asynchronous().with(config), plan, LENGTH);
    }

    @Override
    public String toString() {
        return name;
    }
}
