package io.pgha.core.rules.paused;

import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;
import java.util.function.Predicate;

/** A rule of another section that holds in pause, too, always or for what an operator asked for. */
public final class AlsoInPause implements Rule {
    private final Rule rule;
    private final String when;
    private final Predicate<Situation> condition;

    private AlsoInPause(Rule rule, String when, Predicate<Situation> condition) {
        this.rule = rule;
        this.when = when;
        this.condition = condition;
    }

    /** In pause as ever. */
    public static Rule always(Rule rule) {
        return new AlsoInPause(rule, "In pause, too", situation -> true);
    }

    /** Only to obey a request that names a candidate and has no schedule. */
    public static Rule toHandOver(Rule rule) {
        return new AlsoInPause(
                rule,
                "In pause, for a request that names a candidate",
                situation -> Maintenance.request(situation).isPresent());
    }

    /** Only where this agent has stopped PostgreSQL to hand over: the lock goes to somebody, or the primary goes on. */
    public static Rule afterHandOver(Rule rule) {
        return new AlsoInPause(
                rule,
                "In pause, after the stop of a switchover",
                situation -> Handover.isStopped(situation) && !situation.inStandbyCluster());
    }

    /** Only to start again what a Job of this agent has stopped: after a switchover, a rewind, a copy. */
    public static Rule toStartAgain(Rule rule) {
        return new AlsoInPause(
                rule,
                "In pause, for a PostgreSQL that this agent has stopped or copied",
                situation -> situation.memory().startOwed());
    }

    @Override
    public String id() {
        return rule.id() + "InPause";
    }

    @Override
    public String says() {
        return when + ": " + rule.says();
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.paused() && condition.test(situation)
                ? rule.consider(situation)
                        .map(decision -> new Decision(id(), decision.reason(), decision.action(), decision.memory()))
                : Optional.empty();
    }
}
