package io.pgha.sim;

import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.fault.Strike;
import io.pgha.sim.kernel.Carriers;
import io.pgha.sim.kernel.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes a failure small: leaves out families of faults, then single faults, then time, as long as the same invariant
 * is violated.
 */
public final class Shrinker {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Runs at most: what is left then is small enough. */
    private static final int MOST_RUNS = 80;

    private final Carriers carriers;
    private final AgentMaker agents;
    private int runs;

    public Shrinker(Carriers carriers, AgentMaker agents) {
        this.carriers = carriers;
        this.agents = agents;
    }

    /** The smallest failure of the same kind that was found; the one given where nothing could be left out. */
    public RunResult shrink(RunResult failed) {
        runs = 0;
        RunResult smallest = withOnly(failed, failed.strikes(), failed);
        for (FaultFamily family : families(smallest)) {
            smallest = without(smallest, strike -> strike.family() == family);
        }
        for (Strike one : List.copyOf(smallest.strikes())) {
            smallest = without(smallest, strike -> strike.number() == one.number());
        }
        return shorter(smallest);
    }

    private static List<FaultFamily> families(RunResult result) {
        return result.strikes().stream().map(Strike::family).distinct().toList();
    }

    private RunResult without(RunResult result, Predicate<Strike> left) {
        List<Strike> kept = result.strikes().stream().filter(left.negate()).toList();
        return kept.size() == result.strikes().size() ? result : withOnly(result, kept, result);
    }

    private RunResult withOnly(RunResult result, List<Strike> strikes, RunResult otherwise) {
        Scenario scenario = result.scenario();
        List<Integer> numbers = strikes.stream().map(Strike::number).toList();
        return run(scenario.with(scenario.faults().only(numbers)), otherwise).orElse(otherwise);
    }

    private RunResult shorter(RunResult result) {
        Duration least = result.scenario().healing().plus(MINUTE);
        for (Duration length = Duration.ofMinutes(least.toMinutes() + 1);
                length.compareTo(result.scenario().length()) < 0;
                length = length.plus(MINUTE)) {
            Optional<RunResult> shorter = run(result.scenario().lasting(length), result);
            if (shorter.isPresent()) {
                return shorter.get();
            }
        }
        return result;
    }

    /** The result where it fails as the other one does. */
    private Optional<RunResult> run(Scenario scenario, RunResult other) {
        if (++runs > MOST_RUNS) {
            return Optional.empty();
        }
        RunResult result = new Simulation(carriers, agents, line -> {}).run(scenario);
        return Optional.of(result).filter(again -> kind(again).equals(kind(other)));
    }

    /** What failed: the number of the invariant, or the class of what was thrown. */
    static String kind(RunResult result) {
        return result.failure()
                .map(failure -> failure.getCause() instanceof Violation violation
                        ? violation.invariant()
                        : String.valueOf(rootOf(failure)))
                .orElse("");
    }

    private static Class<?> rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass();
    }
}
