package io.pgha.sim.fault;

import io.pgha.sim.kernel.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may go wrong in one world.
 *
 * @param families at least one
 * @param calm time before the first fault
 * @param pause mean time between two faults
 * @param together how many may last at the same time
 * @param only the numbers of the strikes that are carried out; empty: all
 */
public record FaultPlan(
        List<FaultFamily> families, Duration calm, Duration pause, int together, Optional<Set<Integer>> only) {
    private static final int ONE_LATER_IN = 8;

    private static final List<FaultFamily> FIRST = Stream.of(FaultFamily.values())
            .filter(family -> !family.isDrawnLater())
            .toList();

    private static final List<FaultFamily> LATER =
            Stream.of(FaultFamily.values()).filter(FaultFamily::isDrawnLater).toList();

    public FaultPlan {
        families = List.copyOf(families);
        only = only.map(Set::copyOf);
    }

    /** All strikes. */
    public FaultPlan(List<FaultFamily> families, Duration calm, Duration pause, int together) {
        this(families, calm, pause, together, Optional.empty());
    }

    /** The same world, in which only these strikes happen. */
    public FaultPlan only(Collection<Integer> strikes) {
        return new FaultPlan(families, calm, pause, together, Optional.of(Set.copyOf(strikes)));
    }

    /** The same with other families. */
    public FaultPlan among(List<FaultFamily> others) {
        return new FaultPlan(others, calm, pause, together, only);
    }

    boolean wants(int strike) {
        return only.isEmpty() || only.get().contains(strike);
    }

    /** A plan by chance: few families or many, seldom or often, one at a time or several. */
    public static FaultPlan random(Chance chance) {
        List<FaultFamily> families = new ArrayList<>();
        int share = 1 + chance.below(4);
        for (FaultFamily family : FIRST) {
            if (chance.oneIn(share)) {
                families.add(family);
            }
        }
        if (families.isEmpty()) {
            families.add(chance.pick(FIRST));
        }
        Duration calm = chance.oneIn(3) ? Duration.ZERO : Duration.ofSeconds(60);
        int together = chance.oneIn(2) ? 1 : 2 + chance.below(2);
        Duration pause = chance.millis(5_000, 60_000);
        Chance later = chance.split();
        LATER.stream().filter(family -> later.oneIn(ONE_LATER_IN)).forEach(families::add);
        return new FaultPlan(families, calm, pause, together);
    }

    /** What of it may strike a cluster that has members of Patroni. */
    public FaultPlan besidePatroni() {
        List<FaultFamily> suitable =
                families.stream().filter(FaultFamily::suitsPatroni).toList();
        return among(suitable.isEmpty() ? List.of(FaultFamily.NODE_LOSS, FaultFamily.ISOLATION) : suitable);
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
