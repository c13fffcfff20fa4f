package io.pgha.sim.planted;

import static io.pgha.sim.fault.FaultFamily.ETCD_OUTAGE;
import static io.pgha.sim.fault.FaultFamily.PAUSE;
import static io.pgha.sim.fault.FaultFamily.PAUSED_WORK;
import static io.pgha.sim.fault.FaultFamily.POSTGRES_CRASH;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Upstream;
import io.pgha.core.slots.SlotPlan;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Postgres;
import io.pgha.postgres.StopObserver;
import io.pgha.sim.agent.ChangedRule;
import java.time.Duration;
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
                        2),
                new PlantedBug(
                        "what has crashed is started below the rules, in pause, too",
                        Sabotage.ports(s -> Sabotage.postgres(s, call -> startedAgain(s, call))),
                        List.of(PAUSE, POSTGRES_CRASH),
                        2),
                new PlantedBug(
                        "another upstream is followed by a stop and a start, in pause, too",
                        Sabotage.ports(s -> Sabotage.postgres(s, PauseBugs::stopAndStart)),
                        List.of(PAUSED_WORK),
                        1),
                new PlantedBug(
                        "unknown slots are dropped, in pause, too",
                        Sabotage.ports(s -> Sabotage.postgres(s, PauseBugs::dropUnknown)),
                        List.of(PAUSE),
                        1));
    }

    /** No decision tells of it. */
    private static Object startedAgain(Surroundings s, Interposed.Call call) throws Throwable {
        Object answer = call.proceed();
        if (answer instanceof PostgresObservation seen
                && seen.state() == PostgresState.CRASHED
                && seen.dataDirectory() == DataDirectory.PRESENT) {
            s.postgres().startAsStandby(Optional.empty(), Duration.ofSeconds(1), JobControl.UNATTENDED);
        }
        return answer;
    }

    private static Object stopAndStart(Interposed.Call call) throws Throwable {
        if (!call.is("follow")) {
            return call.proceed();
        }
        Postgres postgres = (Postgres) call.target();
        postgres.stop(StopMode.FAST, false, Duration.ofMinutes(1), StopObserver.NONE);
        Upstream upstream = (Upstream) ((Optional<?>) call.args().get(0)).orElse(null);
        return postgres.startAsStandby(Optional.ofNullable(upstream), Duration.ofMinutes(1), JobControl.UNATTENDED);
    }

    private static Object dropUnknown(Interposed.Call call) throws Throwable {
        return call.is("applySlots") && call.args().get(0) instanceof SlotPlan plan
                ? call.with(new SlotPlan(List.of("left_over"), plan.create(), plan.advance()))
                : call.proceed();
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
