package io.pgha.config;

import io.pgha.config.schema.Schema;
import io.pgha.config.schema.Validation;
import io.pgha.config.source.KeyPath;
import io.pgha.config.source.Place;
import io.pgha.config.source.Problem;
import io.pgha.config.source.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is known about keys, for those who change the cluster-wide configuration (REST PATCH, hactl edit-config). */
public final class ConfigCatalog {

    private ConfigCatalog() {}

    /** All keys with type, default and meaning. */
    public static Schema schema() {
        return Schema.instance();
    }

    /**
     * What is wrong with a cluster-wide configuration. None of it keeps an agent from working with the rest: values that
     * cannot be used count as not given.
     */
    public static List<Problem> check(Map<String, Object> dynamic) {
        String source = "cluster-wide configuration";
        List<Problem> problems = new ArrayList<>(Validation.checkDynamic(dynamic, source));
        problems.addAll(TimingCheck.check(
                new DynamicConfig(dynamic), KeyPath.ROOT, new SourceTree(dynamic, Map.of()), Place.of(source)));
        return Problem.inOrder(problems);
    }

    /**
     * Why a change of the cluster-wide configuration should be refused: values that could not be used, and times that
     * are not safe together. Unknown keys are none of our business, and what was wrong before does not stand in the
     * way of another change.
     *
     * @return one line for each reason, with key and rule; empty when nothing speaks against the change
     */
    public static List<String> refusals(Map<String, Object> before, Map<String, Object> after) {
        List<String> known = unusable(before);
        return unusable(after).stream().filter(line -> !known.contains(line)).toList();
    }

    /**
     * What is doubtful about a change of the cluster-wide configuration, but no reason to refuse it: keys that nobody knows, which are
     * kept, and values without effect.
     *
     * @return one line for each; what was so before is not said again
     */
    public static List<String> doubts(Map<String, Object> before, Map<String, Object> after) {
        List<String> known = doubtful(before);
        return doubtful(after).stream().filter(line -> !known.contains(line)).toList();
    }

    private static List<String> doubtful(Map<String, Object> dynamic) {
        return check(dynamic).stream()
                .filter(problem -> !problem.isDisregarded())
                .map(problem -> (problem.path() + ": " + problem.message()).replaceAll("\\p{Cntrl}", "?"))
                .toList();
    }

    private static List<String> unusable(Map<String, Object> dynamic) {
        List<String> lines = new ArrayList<>();
        for (Problem problem : Validation.checkDynamic(dynamic, "cluster-wide configuration")) {
            if (problem.isDisregarded()) {
                String wanted = problem.expected().isEmpty() ? "" : "; expected " + problem.expected();
                lines.add((problem.path() + ": " + problem.found() + wanted).replaceAll("\\p{Cntrl}", "?"));
            }
        }
        TimingCheck.conflict(new DynamicConfig(dynamic)).ifPresent(lines::add);
        ReservedConnections.conflict(new DynamicConfig(dynamic)).ifPresent(lines::add);
        return lines;
    }
}
