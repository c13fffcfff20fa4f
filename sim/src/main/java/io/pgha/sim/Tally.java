package io.pgha.sim;

import io.pgha.core.decide.Rule;
import io.pgha.core.rules.DecisionTable;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sum over many runs. */
public final class Tally {
    private final Map<String, Long> decisions = new TreeMap<>();
    private long runs;
    private long failed;
    private long events;
    private long faults;
    private long writes;
    private long hash;
    private Duration simulated = Duration.ZERO;

    void add(RunResult result) {
        runs++;
        failed += result.failed() ? 1 : 0;
        events += result.events();
        faults += result.strikes().size();
        // Results come in any order.
        hash ^= Long.rotateLeft(result.hash(), (int) result.scenario().seed());
        writes += result.writes();
        simulated = simulated.plus(result.scenario().length());
        result.decisions().forEach((rule, count) -> decisions.merge(rule, count, Long::sum));
    }

    public long failed() {
        return failed;
    }

    public long runs() {
        return runs;
    }

    /** Over all traces; the same for the same seeds in whatever order they ran. */
    public long hash() {
        return hash;
    }

    /** How often each rule decided, by its id. */
    public Map<String, Long> decisions() {
        return decisions;
    }

    void print(PrintStream out, Duration took) {
        double seconds = Math.max(0.001, took.toMillis() / 1000.0);
        List<String> rules =
                DecisionTable.standard().rules().stream().map(Rule::id).toList();
        out.println("rule                             decisions");
        rules.forEach(rule -> out.printf("%-32s %9d%n", rule, decisions.getOrDefault(rule, 0L)));
        List<String> never =
                rules.stream().filter(rule -> !decisions.containsKey(rule)).toList();
        out.printf(
                "%d of %d rules were reached%s%n",
                rules.size() - never.size(), rules.size(), never.isEmpty() ? "" : "; never: " + never);
        out.printf("%d seeds, %d failed, hash over all traces %016x%n", runs, failed, hash);
        out.printf(
                "%.1f cluster-hours, %d faults, %d acknowledged writes%n",
                simulated.toMinutes() / 60.0, faults, writes);
        out.printf(
                "%.1f s, %.0f events/s, %.0f times real time%n",
                seconds, events / seconds, simulated.toSeconds() / seconds);
    }
}
