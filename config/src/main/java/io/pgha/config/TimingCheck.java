package io.pgha.config;

import io.pgha.config.source.KeyPath;
import io.pgha.config.source.Place;
import io.pgha.config.source.Problem;
import io.pgha.config.source.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what becomes of times that do not keep the rule (facts §2.2). */
final class TimingCheck {

    private TimingCheck() {}

    /**
     * Warnings about the times of a cluster-wide configuration.
     *
     * @param at where it stands in the document
     */
    static List<Problem> check(DynamicConfig dynamic, KeyPath at, SourceTree tree, Place whole) {
        List<Problem> problems = new ArrayList<>();
        Timing raised = raised(dynamic);
        for (String adjustment : raised.enforce(Timing.Limits.PGHA).adjustments()) {
            String key = adjustment.substring(0, adjustment.indexOf(' '));
            KeyPath path = at.child(key);
            problems.add(Problem.warning(tree.place(path, whole), path, adjustment, "", "raise ttl or lower it"));
        }
        long ttl = raised.ttl().toSeconds();
        if (ttl < Timing.Limits.PATRONI.ttl() && dynamic.values().has("ttl")) {
            KeyPath path = at.child("ttl");
            problems.add(Problem.warning(
                    tree.place(path, whole),
                    path,
                    "is " + ttl + ", less than Patroni accepts",
                    "",
                    "fine for pgha alone; while Patroni members are in the cluster 20 is used"));
        }
        dynamic.profile().ifPresent(profile -> {
            for (String key : List.of("ttl", "loop_wait", "retry_timeout")) {
                if (dynamic.values().has(key)) {
                    KeyPath path = at.child(key);
                    problems.add(Problem.warning(
                            tree.place(path, whole),
                            path,
                            "wins over the profile \""
                                    + dynamic.values().text("profile").orElse("") + "\"",
                            "",
                            "remove it if the profile should count"));
                }
            }
        });
        return problems;
    }

    /**
     * Why times are not safe together, and what would be, for somebody whose change is refused.
     *
     * @return empty when they are
     */
    static Optional<String> conflict(DynamicConfig dynamic) {
        Timing raised = raised(dynamic);
        Timing.Enforced enforced = raised.enforce(Timing.Limits.PGHA);
        if (enforced.adjustments().isEmpty()) {
            return Optional.empty();
        }
        Timing shorter = enforced.timing();
        long loop = raised.loopWait().toSeconds();
        long retry = raised.retryTimeout().toSeconds();
        return Optional.of("ttl " + raised.ttl().toSeconds() + ", loop_wait " + loop + " and retry_timeout " + retry
                + " do not go together (rule: loop_wait + 2 * retry_timeout <= ttl): set ttl to " + (loop + 2 * retry)
                + " or more, or with this ttl loop_wait to "
                + shorter.loopWait().toSeconds()
                + " and retry_timeout to " + shorter.retryTimeout().toSeconds());
    }

    /** Values below the smallest are named by the schema; here it is only about what they mean together. */
    private static Timing raised(DynamicConfig dynamic) {
        Timing requested = dynamic.requestedTiming();
        return new Timing(
                atLeast(requested.ttl(), Timing.Limits.PGHA.ttl()),
                atLeast(requested.loopWait(), Timing.Limits.PGHA.loopWait()),
                atLeast(requested.retryTimeout(), Timing.Limits.PGHA.retryTimeout()));
    }

    private static java.time.Duration atLeast(java.time.Duration value, long seconds) {
        return value.toSeconds() < seconds ? java.time.Duration.ofSeconds(seconds) : value;
    }
}
