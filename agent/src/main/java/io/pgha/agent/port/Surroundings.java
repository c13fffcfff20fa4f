package io.pgha.agent.port;

import io.pgha.core.time.Clock;
import io.pgha.dcs.Dcs;
import io.pgha.postgres.Postgres;

/**
 * Everything outside the loop, real or simulated.
 *
 * @param clock both clocks
 * @param dcs the cluster's place in etcd
 * @param postgres the local server
 * @param peers the other agents
 * @param fence the dead-man
 * @param jobs long work
 * @param callbacks the operator's commands
 * @param events what is remembered of what happened
 * @param timer the lease guard's alarm
 * @param doorbell what wakes the loop
 * @param configuration what the operator wrote
 */
public record Surroundings(
        Clock clock,
        Dcs dcs,
        Postgres postgres,
        Peers peers,
        Fence fence,
        Jobs jobs,
        Callbacks callbacks,
        Events events,
        Timer timer,
        Doorbell doorbell,
        Configuration configuration) {
    /** The same with other peers. */
    public Surroundings withPeers(Peers other) {
        return new Surroundings(
                clock, dcs, postgres, other, fence, jobs, callbacks, events, timer, doorbell, configuration);
    }

    /** The same with other long work. */
    public Surroundings withJobs(Jobs other) {
        return new Surroundings(
                clock, dcs, postgres, peers, fence, other, callbacks, events, timer, doorbell, configuration);
    }
}
