package io.pgha.sim.agent;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Decision;
import java.util.function.Consumer;

/** Makes agents: the real one, or one with a planted bug. */
@FunctionalInterface
public interface AgentMaker {
    /**
     * @param surroundings what it lives on
     * @param journal is told of every decision
     */
    SimAgent make(Surroundings surroundings, Consumer<Decision> journal);
}
