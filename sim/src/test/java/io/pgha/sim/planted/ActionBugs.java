package io.pgha.sim.planted;

import static io.pgha.sim.fault.FaultFamily.AGENT_CRASH;
import static io.pgha.sim.fault.FaultFamily.AGENT_FREEZE_LONG;
import static io.pgha.sim.fault.FaultFamily.ETCD_PARTITION;
import static io.pgha.sim.fault.FaultFamily.HANDOVER_CUT;
import static io.pgha.sim.fault.FaultFamily.ISOLATION;
import static io.pgha.sim.fault.FaultFamily.KILLED_MIDWAY;
import static io.pgha.sim.fault.FaultFamily.NODE_LOSS;
import static io.pgha.sim.fault.FaultFamily.POSTGRES_CRASH;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.Timeline;
import io.pgha.dcs.DcsOutcome;
import io.pgha.postgres.Result;
import io.pgha.postgres.StopObserver;
import io.pgha.sim.agent.ChangedRule;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Mistakes with what is done to PostgreSQL and to the keys. */
final class ActionBugs {
    private ActionBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                        "4: fencing waits for a checkpoint",
                        Sabotage.both(
                                s -> Sabotage.postgres(Sabotage.noDeadMan(s), ActionBugs::checkpointFirst),
                                Sabotage.without("PrimaryCannotProveItsLock", "LeaderCannotProveItsLock")),
                        List.of(ETCD_PARTITION),
                        1),
                new PlantedBug(
                        "6: the healthiest is promoted before it has the lock",
                        Sabotage.both(
                                s -> Sabotage.postgres(s, ActionBugs::promoteWithoutAsking),
                                rules -> rules.stream()
                                        .map(ActionBugs::promoteInsteadOfLock)
                                        .toList()),
                        List.of(NODE_LOSS, AGENT_CRASH),
                        1),
                new PlantedBug(
                                "12: the timeline is ignored in the race, and numbers are not claimed",
                                Sabotage.ports(s -> Sabotage.dcs(s, ActionBugs::claimNothing)),
                                List.of(NODE_LOSS, ISOLATION, AGENT_FREEZE_LONG),
                                2)
                        .from(60),
                new PlantedBug(
                        "26: the history is overwritten with its last line",
                        Sabotage.ports(s -> Sabotage.dcs(s, ActionBugs::lastLineOnly)),
                        List.of(NODE_LOSS),
                        1),
                new PlantedBug(
                        "the lock is handed over before PostgreSQL has stopped",
                        Sabotage.ports(s -> Sabotage.postgres(s, call -> stopTooLate(s, call))),
                        List.of(ETCD_PARTITION),
                        1),
                new PlantedBug(
                        "the lock is given up after the stop of a switchover, whoever has the last WAL",
                        Sabotage.rules(rules -> rules.stream()
                                .map(ActionBugs::releaseWithoutProof)
                                .toList()),
                        List.of(HANDOVER_CUT),
                        1),
                new PlantedBug(
                        "everybody wins the race to initialise",
                        Sabotage.ports(s -> Sabotage.dcs(
                                s,
                                call -> call.is("raceInitialize") ? new DcsOutcome.Done<Void>(null) : call.proceed())),
                        List.of(POSTGRES_CRASH),
                        1),
                new PlantedBug(
                        "a diverged history is never looked for",
                        Sabotage.rules(Sabotage.without(
                                "CompareBeforeStart", "CompareWhenNotStreaming", "RewindDiverged", "ReplaceDiverged")),
                        List.of(ISOLATION, NODE_LOSS),
                        1),
                new PlantedBug(
                                "what is half rewound is taken for a whole data directory",
                                Sabotage.ports(s -> Sabotage.postgres(s, ActionBugs::takenForWhole)),
                                List.of(ISOLATION, NODE_LOSS, KILLED_MIDWAY),
                                2)
                        .from(12),
                new PlantedBug(
                        "a rewind says that it is done and does nothing",
                        Sabotage.ports(s -> Sabotage.postgres(
                                s, call -> call.is("rewind") ? new Result.Succeeded("rewound") : call.proceed())),
                        List.of(ISOLATION, ETCD_PARTITION),
                        1));
    }

    private static Object takenForWhole(Interposed.Call call) throws Throwable {
        Object answer = call.proceed();
        return answer instanceof PostgresObservation seen && seen.dataDirectory() == DataDirectory.HALF_REWOUND
                ? new PostgresObservation(
                        DataDirectory.PRESENT,
                        seen.systemIdentifier(),
                        seen.state(),
                        seen.postmaster(),
                        seen.server(),
                        seen.control(),
                        true,
                        seen.backupLabel(),
                        seen.rewindObstacle(),
                        seen.pendingRestartReasons(),
                        seen.complaint())
                : answer;
    }

    private static Object checkpointFirst(Interposed.Call call) throws Throwable {
        if (call.is("fence")) {
            io.pgha.postgres.Postgres postgres = (io.pgha.postgres.Postgres) call.target();
            for (int i = 0; i < 60; i++) {
                postgres.checkpoint(Duration.ofMinutes(1));
            }
        }
        return call.proceed();
    }

    private static Object promoteWithoutAsking(Interposed.Call call) throws Throwable {
        BooleanSupplier always = () -> true;
        return call.is("promote")
                ? call.with(call.args().get(0), always, call.args().get(2))
                : call.proceed();
    }

    private static Rule promoteInsteadOfLock(Rule rule) {
        return new ChangedRule(
                rule,
                situation -> rule.consider(situation)
                        .map(made -> rule.id().equals("HealthiestTakesTheLock")
                                        && made.action() instanceof Action.AcquireLock
                                ? new Decision(made.rule(), made.reason(), new Action.Promote(), made.memory())
                                : made));
    }

    private static Rule releaseWithoutProof(Rule rule) {
        return new ChangedRule(rule, situation -> {
            boolean released = rule.id().equals("HandOverAfterStop")
                    && Handover.isStopped(situation)
                    && situation.renewalUntried();
            return released
                    ? Decision.of(
                            rule,
                            situation,
                            new Action.ReleaseLock(situation.orders().shutdownCheckpoint()),
                            "PostgreSQL is stopped")
                    : rule.consider(situation);
        });
    }

    private static Object claimNothing(Interposed.Call call) throws Throwable {
        if (!call.is("claimTimeline")) {
            return call.proceed();
        }
        Timeline above = (Timeline) call.args().get(0);
        return new DcsOutcome.Done<>(new Timeline(Math.max(1, above.number())));
    }

    private static Object lastLineOnly(Interposed.Call call) throws Throwable {
        if (!call.is("writeHistory")) {
            return call.proceed();
        }
        List<?> lines = (List<?>) call.args().get(0);
        HistoryEntry last = (HistoryEntry) lines.get(lines.size() - 1);
        return call.with(List.of(last));
    }

    private static Object stopTooLate(Surroundings s, Interposed.Call call) throws Throwable {
        if (call.is("stop")) {
            ((StopObserver) call.args().get(3)).shutdownCheckpoint(new Lsn(1));
            for (int i = 0; i < 60; i++) {
                s.postgres().checkpoint(Duration.ofMinutes(1));
            }
        }
        return call.proceed();
    }
}
