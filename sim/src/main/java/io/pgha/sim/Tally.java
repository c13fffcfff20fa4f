package io.pgha.sim;

import io.pgha.core.decide.Rule;
import io.pgha.core.rules.DecisionTable;
import java.io.PrintStream;
import java.time.Duration;
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
    private Duration simulated = Duration.ZERO;

    void add(RunResult result) {
        runs++;
        failed += result.failed() ? 1 : 0;
        events += result.events();
        faults += result.faults();
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

    /** How often each rule decided, by its id. */
    public Map<String, Long> decisions() {
        return decisions;
    }

    void print(PrintStream out, Duration took) {
        double seconds = Math.max(0.001, took.toMillis() / 1000.0);
        out.println("rule                             decisions");
        DecisionTable.standard().rules().stream()
                .map(Rule::id)
                .forEach(rule -> out.printf("%-32s %9d%n", rule, decisions.getOrDefault(rule, 0L)));
        out.printf("%d seeds, %d failed%n", runs, failed);
        out.printf(
                "%.1f cluster-hours, %d faults, %d acknowledged writes%n",
                simulated.toMinutes() / 60.0, faults, writes);
        out.printf(
                "%.1f s, %.0f events/s, %.0f times real time%n",
                seconds, events / seconds, simulated.toSeconds() / seconds);
    }
}
