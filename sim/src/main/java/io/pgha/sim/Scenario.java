package io.pgha.sim;

import io.pgha.sim.fault.FaultPlan;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.Timing;
import java.time.Duration;
import java.util.List;

/**
 * What one seed stands for.
 *
 * @param seed decides everything
 * @param nodes size of the cluster
 * @param timing ttl and the like
 * @param faults what goes wrong
 * @param length simulated time, healing included
 */
public record Scenario(long seed, int nodes, Timing timing, FaultPlan faults, Duration length) {
    private static final List<Integer> SIZES = List.of(3, 3, 3, 3, 2, 5);
    private static final List<Timing> TIMINGS =
            List.of(Timing.NORMAL, Timing.seconds(20, 2, 3), Timing.seconds(20, 1, 3), Timing.seconds(5, 1, 2));

    /** The world of that seed. */
    public static Scenario of(long seed, Duration length) {
        Chance chance = new Chance(seed);
        return new Scenario(seed, chance.pick(SIZES), chance.pick(TIMINGS), FaultPlan.random(chance), length);
    }

    /** The same with other faults. */
    public Scenario with(FaultPlan plan) {
        return new Scenario(seed, nodes, timing, plan, length);
    }

    /** The same with other times. */
    public Scenario with(Timing other) {
        return new Scenario(seed, nodes, other, faults, length);
    }

    /** How long convergence may take after healing (reliability.md L1). */
    public Duration healing() {
        return faults.isSingle()
                ? timing.ttl().plusSeconds(60)
                : timing.ttl().multipliedBy(2).plusSeconds(120);
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + nodes + " nodes, " + timing + ", "
                + (faults.isSingle() ? "one fault at a time" : faults.together() + " faults at a time") + " of "
                + faults.families();
    }
}
