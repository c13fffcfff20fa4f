package io.pgha.sim;

import static java.util.stream.Collectors.joining;

import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.fault.Strike;
import io.pgha.sim.kernel.SimulationFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a scenario.
 *
 * @param failure why it failed
 * @param hash over the trace
 * @param events events in the queue
 * @param strikes the faults that struck
 * @param writes writes that were acknowledged
 * @param decisions how often each rule decided, by id
 * @param tail the last lines of the trace
 */
public record RunResult(
        Scenario scenario,
        Optional<SimulationFailure> failure,
        long hash,
        long events,
        List<Strike> strikes,
        int writes,
        Map<String, Long> decisions,
        List<String> tail) {
    public boolean failed() {
        return failure.isPresent();
    }

    /** What failed, and how to see it again. */
    public String report() {
        return failure.map(why -> why.getMessage() + "\n  " + scenario + "\n  replay with: " + replay())
                .orElse("passed: " + scenario);
    }

    /** The command that shows the whole trace. */
    public String replay() {
        String strikes = scenario.faults()
                .only()
                .map(numbers -> " --strikes "
                        + (numbers.isEmpty()
                                ? "none"
                                : numbers.stream().sorted().map(String::valueOf).collect(joining(","))))
                .orElse("");
        return "./simulate --seed " + scenario.seed() + " --minutes "
                + scenario.length().toMinutes() + only() + strikes
                + (scenario.shape().patroni().isEmpty() ? "" : " --mixed") + " --trace";
    }

    /** Other families than the seed's own were asked for. */
    private String only() {
        Scenario own = scenario.shape().patroni().isEmpty()
                ? Scenario.of(scenario.seed(), scenario.length())
                : Scenario.mixed(scenario.seed(), scenario.length());
        List<FaultFamily> families = scenario.faults().families();
        return families.equals(own.faults().families())
                ? ""
                : " --only " + families.stream().map(FaultFamily::name).collect(joining(","));
    }
}
