package io.pgha.sim.planted;

import static io.pgha.sim.fault.FaultFamily.ETCD_OUTAGE;
import static io.pgha.sim.fault.FaultFamily.PAUSE;
import static io.pgha.sim.fault.FaultFamily.POSTGRES_CRASH;

import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.sim.agent.ChangedRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Mistakes in maintenance mode. */
final class PauseBugs {
    private static final String SECTION = ".paused";

    private PauseBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                        "18: pause is ignored when PostgreSQL has crashed",
                        Sabotage.rules(rules ->
                                only(rules, situation -> situation.local().postmasterRuns())),
                        List.of(PAUSE, POSTGRES_CRASH),
                        2),
                new PlantedBug(
                        "pause is ignored when the DCS does not answer",
                        Sabotage.rules(rules -> only(rules, Situation::dcsSeen)),
                        List.of(PAUSE, ETCD_OUTAGE),
                        2),
                new PlantedBug(
                        "pause leaves the dead-man armed",
                        Sabotage.ports(s -> Sabotage.fence(s, call -> call.is("disarm") ? null : call.proceed())),
                        List.of(PAUSE, ETCD_OUTAGE),
                        2));
    }

    private static List<Rule> only(List<Rule> rules, Predicate<Situation> condition) {
        return rules.stream()
                .map(rule -> rule.getClass().getPackageName().endsWith(SECTION) ? only(rule, condition) : rule)
                .toList();
    }

    private static Rule only(Rule rule, Predicate<Situation> condition) {
        return new ChangedRule(
                rule, situation -> condition.test(situation) ? rule.consider(situation) : Optional.empty());
    }
}
