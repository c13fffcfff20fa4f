package io.pgha.sim.fault;

/**
 * A fault that struck.
 *
 * @param number in the order of the plan, from 1; the same in all runs of a seed
 */
public record Strike(int number, FaultFamily family) {
    @Override
    public String toString() {
        return number + " " + family;
    }
}
