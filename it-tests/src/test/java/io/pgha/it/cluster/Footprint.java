package io.pgha.it.cluster;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a cluster's agents take, each with all that it has started but PostgreSQL.
 *
 * @param agents one entry a node
 */
public record Footprint(List<Agent> agents) {
    /**
     * One agent.
     *
     * @param residentKib Rss
     * @param cpuMillis since its start
     */
    public record Agent(String name, long residentKib, long cpuMillis) {}

    /** How things are now. */
    public static Footprint of(Cluster cluster) {
        return new Footprint(cluster.nodes().stream()
                .map(node -> {
                    List<Long> pids = node.agentPids();
                    return new Agent(
                            node.name(),
                            pids.stream().mapToLong(Processes::rssKib).sum(),
                            pids.stream().mapToLong(Processes::cpuMillis).sum());
                })
                .collect(Collectors.toList()));
    }

    /** Of the agent that takes the most, in units of 10⁶ bytes. */
    public double largestResidentMb() {
        return agents.stream().mapToLong(Agent::residentKib).max().orElse(0) * 1024 / 1e6;
    }

    /** Of the average agent. */
    public double cpuMillisSince(Footprint earlier) {
        long now = agents.stream().mapToLong(Agent::cpuMillis).sum();
        long then = earlier.agents().stream().mapToLong(Agent::cpuMillis).sum();
        return (now - then) / (double) agents.size();
    }
}
