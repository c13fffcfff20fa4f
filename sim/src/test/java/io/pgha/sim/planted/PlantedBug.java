package io.pgha.sim.planted;

import io.pgha.sim.Scenario;
import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.fault.FaultPlan;
import java.time.Duration;
import java.util.List;

/**
 * One mistake.
 *
 * @param name what is wrong; a number is that of reliability.md, section 6
 * @param agents makes agents that do it
 * @param faults what brings it to light
 * @param together how many of them at a time
 */
record PlantedBug(String name, AgentMaker agents, List<FaultFamily> faults, int together) {
    private static final Duration LENGTH = Duration.ofMinutes(10);

    Scenario scenario(long seed) {
        FaultPlan plan = new FaultPlan(faults, Duration.ofSeconds(40), Duration.ofSeconds(15), together);
        Scenario any = Scenario.of(seed, LENGTH);
        return new Scenario(seed, any.shape().asynchronous(), plan, LENGTH);
    }

    @Override
    public String toString() {
        return name;
    }
}
