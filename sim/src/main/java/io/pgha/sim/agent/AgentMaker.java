package io.pgha.sim.agent;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Decision;
import io.pgha.dcs.kv.KvClient;
import java.util.function.Consumer;

/** Makes agents: the real one, or one with a planted bug. */
@FunctionalInterface
public interface AgentMaker {
    /**
     * @param surroundings what it lives on
     * @param journal is told of every decision
     */
    SimAgent make(Surroundings surroundings, Consumer<Decision> journal);

    /** What such an agent has for a connection to etcd, given a sound one: the place for mistakes with leases. */
    default KvClient connection(KvClient sound) {
        return sound;
    }
}
