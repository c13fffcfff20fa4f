package io.pgha.sim.planted;

import static io.pgha.sim.fault.FaultFamily.AGENT_CRASH;
import static io.pgha.sim.fault.FaultFamily.ETCD_PARTITION;
import static io.pgha.sim.fault.FaultFamily.FAILOVER_RECALLED;
import static io.pgha.sim.fault.FaultFamily.ISOLATION;
import static io.pgha.sim.fault.FaultFamily.NODE_LOSS;
import static io.pgha.sim.fault.FaultFamily.ONE_PORT;
import static io.pgha.sim.fault.FaultFamily.PEERS_PARTITION;
import static io.pgha.sim.fault.FaultFamily.POSTGRES_CRASH;
import static io.pgha.sim.fault.FaultFamily.REPLAY_PAUSED;

import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.port.Peers;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SyncState;
import io.pgha.core.model.Tags;
import io.pgha.core.rules.DecisionTable;
import io.pgha.core.sync.SyncPlan;
import io.pgha.core.sync.SyncPromise;
import io.pgha.core.sync.SyncStep;
import io.pgha.sim.agent.ChangedRule;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.agent.SimAgent;
import io.pgha.sim.planted.Interposed.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Mistakes with synchronous replication. */
final class SyncBugs {
    private static final Map<String, Object> QUORUM =
            Map.of("synchronous_mode", "quorum", "synchronous_node_count", 1, "synchronous_mode_strict", false);

    private SyncBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                                "5: nobody is waited for any more when PostgreSQL is to be stopped",
                                Sabotage.ports(s -> Sabotage.postgres(s, SyncBugs::releaseFirst)),
                                List.of(ETCD_PARTITION, ISOLATION),
                                1)
                        .in(QUORUM),
                new PlantedBug(
                                "10: what members said in an earlier race is taken for what they say now",
                                Sabotage.ports(s -> s.withPeers(stale(s.peers()))),
                                List.of(NODE_LOSS, ONE_PORT, PEERS_PARTITION),
                                2)
                        .from(185)
                        .in(QUORUM),
                new PlantedBug(
                                "11: replayed positions are compared instead of received ones",
                                SyncBugs::replayedOnly,
                                List.of(REPLAY_PAUSED, ONE_PORT, NODE_LOSS),
                                3)
                        .from(8)
                        .in(QUORUM),
                new PlantedBug(
                                "13: the key sync is written before anybody waits",
                                Sabotage.rules(rules -> planned(rules, SyncBugs::keyFirst)),
                                List.of(NODE_LOSS),
                                1)
                        .in(QUORUM),
                new PlantedBug(
                                "14: fewer are waited for before the key sync says so",
                                Sabotage.rules(rules -> planned(rules, SyncBugs::namesFirst)),
                                List.of(NODE_LOSS, ONE_PORT),
                                1)
                        .in(QUORUM),
                new PlantedBug(
                                "15: the quorum is one too small",
                                Sabotage.ports(s -> Sabotage.dcs(s, SyncBugs::oneLess)),
                                List.of(NODE_LOSS),
                                1)
                        .in(QUORUM),
                new PlantedBug(
                                "16: a tag nosync that was meant for a while is left behind",
                                Sabotage.ports(SyncBugs::nosyncForEver),
                                List.of(POSTGRES_CRASH, AGENT_CRASH),
                                1)
                        .in(QUORUM),
                new PlantedBug(
                                "whoever has the lock is promoted, also when the failover that gave it is taken back",
                                Sabotage.rules(Sabotage.without(
                                        "InheritedLockIsGivenUp", "LeaderLacksCommits", "LeaderLacksCommitsInPause")),
                                List.of(FAILOVER_RECALLED),
                                1)
                        .in(QUORUM));
    }

    private static Object releaseFirst(Call call) throws Throwable {
        if (call.is("fence", "stop")) {
            ((io.pgha.postgres.Postgres) call.target()).setSynchronousNames(Optional.empty());
        }
        return call.proceed();
    }

    private static Peers stale(Peers inner) {
        Map<String, PeerAnswer> first = new HashMap<>();
        return Interposed.on(Peers.class, inner, call -> {
            Object answers = call.proceed();
            if (!call.is("ask")) {
                return answers;
            }
            List<PeerAnswer> old = new ArrayList<>();
            for (Object answer : (List<?>) answers) {
                PeerAnswer now = (PeerAnswer) answer;
                boolean standby = now.reachable() && now.inRecovery();
                old.add(standby ? first.computeIfAbsent(now.name(), name -> now) : now);
            }
            return old;
        });
    }

    private static SimAgent replayedOnly(Surroundings s, Consumer<Decision> journal) {
        Surroundings twisted = Sabotage.postgres(
                s, call -> call.is("observe") ? replayed((PostgresObservation) call.proceed()) : call.proceed());
        return new RealAgent(
                twisted, journal, DecisionTable.standard().rules(), new Inbox(s.doorbell()), SyncBugs::replayed);
    }

    private static PostgresObservation replayed(PostgresObservation seen) {
        return new PostgresObservation(
                seen.dataDirectory(),
                seen.systemIdentifier(),
                seen.state(),
                seen.postmaster(),
                seen.server().map(SyncBugs::replayed),
                seen.control(),
                seen.standbySignal(),
                seen.backupLabel(),
                seen.rewindObstacle(),
                seen.pendingRestartReasons(),
                seen.complaint());
    }

    private static ServerStatus replayed(ServerStatus status) {
        return new ServerStatus(
                status.serverVersion(),
                status.postmasterStartTime(),
                status.inRecovery(),
                status.timeline(),
                status.location(),
                status.inRecovery() ? Optional.<Lsn>empty() : status.received(),
                status.replayed(),
                status.latestEnd(),
                status.replayedTimestamp(),
                status.replayPaused(),
                status.replicationState(),
                status.upstream(),
                status.walSenders(),
                status.sync(),
                status.slots());
    }

    private static List<Rule> planned(List<Rule> rules, UnaryOperator<SyncPlan> change) {
        return rules.stream().map(rule -> planned(rule, change)).toList();
    }

    /** Promises at once what will only be true when PostgreSQL waits for these. */
    private static SyncPlan keyFirst(SyncPlan plan) {
        List<SyncStep> steps = new ArrayList<>();
        for (SyncStep step : plan.steps()) {
            if (step instanceof SyncStep.SetNames set) {
                steps.add(new SyncStep.WriteSyncKey(
                        new SyncPromise("", 0, set.names().names())));
            }
            steps.add(step);
        }
        return new SyncPlan(steps, plan.reason());
    }

    private static SyncPlan namesFirst(SyncPlan plan) {
        List<SyncStep> steps = new ArrayList<>(plan.steps());
        steps.removeIf(step -> !(step instanceof SyncStep.SetNames));
        plan.steps().stream()
                .filter(step -> !(step instanceof SyncStep.SetNames))
                .forEach(steps::add);
        return new SyncPlan(steps, plan.reason());
    }

    private static Object oneLess(Call call) throws Throwable {
        if (!call.is("writeSync")) {
            return call.proceed();
        }
        Optional<?> state = (Optional<?>) call.args().get(0);
        Optional<SyncState> less = state.map(SyncState.class::cast)
                .map(kept -> new SyncState(
                        kept.leader(), Math.max(0, kept.quorum() - 1), kept.voters(), kept.modRevision()));
        return call.with(less, call.args().get(1));
    }

    private static Surroundings nosyncForEver(Surroundings s) {
        boolean[] wasDown = {false};
        return Sabotage.dcs(s, call -> {
            if (!call.is("publishMember")) {
                return call.proceed();
            }
            Member member = (Member) call.args().get(0);
            wasDown[0] |= !member.isRunning();
            return wasDown[0]
                    ? call.with(member.toBuilder()
                            .tags(new Tags(Map.of("nosync", true)))
                            .build())
                    : call.proceed();
        });
    }

    private static Rule planned(Rule rule, UnaryOperator<SyncPlan> change) {
        return new ChangedRule(
                rule,
                situation -> rule.consider(situation)
                        .map(made -> made.action() instanceof Action.SynchronizeStandbys sync
                                ? new Decision(
                                        made.rule(),
                                        made.reason(),
                                        new Action.SynchronizeStandbys(named(situation, change.apply(sync.plan()))),
                                        made.memory())
                                : made));
    }

    private static SyncPlan named(Situation situation, SyncPlan changed) {
        return new SyncPlan(
                changed.steps().stream()
                        .map(step -> step instanceof SyncStep.WriteSyncKey write
                                        && write.promise().leader().isEmpty()
                                ? new SyncStep.WriteSyncKey(new SyncPromise(
                                        situation.me(), 0, write.promise().voters()))
                                : step)
                        .toList(),
                changed.reason());
    }
}
