package io.pgha.sim;

import io.pgha.sim.fault.FaultPlan;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.Shape;
import io.pgha.sim.world.Timing;
import java.time.Duration;

/**
 * What one seed stands for.
 *
 * @param seed decides everything
 * @param shape the cluster
 * @param faults what goes wrong
 * @param length simulated time, healing included
 */
public record Scenario(long seed, Shape shape, FaultPlan faults, Duration length) {
    /** The world of that seed. */
    public static Scenario of(long seed, Duration length) {
        Chance chance = new Chance(seed);
        return new Scenario(seed, Shape.random(chance.split()), FaultPlan.random(chance), length);
    }

    /** A rolling upgrade from Patroni, with the faults that Patroni's members stand. */
    public static Scenario mixed(long seed, Duration length) {
        Chance chance = new Chance(seed);
        return new Scenario(
                seed, Shape.mixed(chance.split()), FaultPlan.random(chance).besidePatroni(), length);
    }

    /** The same with other faults. */
    public Scenario with(FaultPlan plan) {
        return new Scenario(seed, shape, plan, length);
    }

    /** The same with other times. */
    public Scenario with(Timing other) {
        return new Scenario(seed, shape.with(other), faults, length);
    }

    /** The same for a longer or shorter time. */
    public Scenario lasting(Duration other) {
        return new Scenario(seed, shape, faults, other);
    }

    /** How long convergence may take after healing (reliability.md L1). */
    public Duration healing() {
        return faults.isSingle()
                ? shape.timing().ttl().plusSeconds(60)
                : shape.timing().ttl().multipliedBy(2).plusSeconds(120);
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + shape + ", "
                + (faults.isSingle() ? "one fault at a time" : faults.together() + " faults at a time") + " of "
                + faults.families();
    }
}
