package io.pgha.sim.fault;

import io.pgha.sim.kernel.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What may go wrong in one world.
 *
 * @param families at least one
 * @param calm time before the first fault
 * @param pause mean time between two faults
 * @param together how many may last at the same time
 */
public record FaultPlan(List<FaultFamily> families, Duration calm, Duration pause, int together) {
    public FaultPlan {
        families = List.copyOf(families);
    }

    /** A plan by chance: few families or many, seldom or often, one at a time or several. */
    public static FaultPlan random(Chance chance) {
        List<FaultFamily> families = new ArrayList<>();
        int share = 1 + chance.below(4);
        for (FaultFamily family : FaultFamily.values()) {
            if (chance.oneIn(share)) {
                families.add(family);
            }
        }
        if (families.isEmpty()) {
            families.add(chance.pick(List.of(FaultFamily.values())));
        }
        Duration calm = chance.oneIn(3) ? Duration.ZERO : Duration.ofSeconds(60);
        int together = chance.oneIn(2) ? 1 : 2 + chance.below(2);
        return new FaultPlan(families, calm, chance.millis(5_000, 60_000), together);
    }

    /** Only these, one at a time, often. */
    public static FaultPlan only(FaultFamily... families) {
        return new FaultPlan(List.of(families), Duration.ofSeconds(60), Duration.ofSeconds(30), 1);
    }

    /** Whether one fault is over before the next one begins. */
    public boolean isSingle() {
        return together == 1;
    }
}
