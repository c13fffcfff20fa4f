package io.pgha.sim.planted;

import static io.pgha.sim.fault.FaultFamily.ETCD_OUTAGE;
import static io.pgha.sim.fault.FaultFamily.ETCD_PARTITION;
import static io.pgha.sim.fault.FaultFamily.ETCD_RESTORED;
import static io.pgha.sim.fault.FaultFamily.ETCD_UPKEEP;
import static io.pgha.sim.fault.FaultFamily.ISOLATION;
import static io.pgha.sim.fault.FaultFamily.NODE_LOSS;
import static io.pgha.sim.fault.FaultFamily.OPERATOR;
import static io.pgha.sim.fault.FaultFamily.ORDERS;
import static io.pgha.sim.fault.FaultFamily.POSTGRES_TROUBLE;

import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Upstream;
import io.pgha.dcs.DcsOutcome;
import io.pgha.postgres.Result;
import io.pgha.restapi.NodeSnapshot;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.agent.SimAgent;
import io.pgha.sim.planted.Interposed.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Mistakes with watches, requests, promises and copies. */
final class MoreBugs {
    private MoreBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                        "17: a request is honoured long after its time",
                        Sabotage.rules(Sabotage.without("SwitchoverRequestIsVoid")),
                        List.of(OPERATOR),
                        1),
                new PlantedBug(
                        "19: the leader is copied anew, too, and the old data goes first",
                        Sabotage.both(s -> Sabotage.postgres(s, MoreBugs::removeFirst), MoreBugs::whoeverIsOrdered),
                        List.of(ORDERS),
                        1),
                new PlantedBug(
                        "20: a rewind that broke off is repeated for ever",
                        Sabotage.both(
                                s -> Sabotage.postgres(
                                        s, call -> call.is("rewind") ? new Result.Failed("broke off") : call.proceed()),
                                Sabotage.without("ReplaceDiverged")),
                        List.of(ISOLATION, NODE_LOSS, POSTGRES_TROUBLE),
                        2),
                new PlantedBug(
                                "23: in failsafe mode anybody is promised anything",
                                MoreBugs::promisesAnything,
                                List.of(ETCD_PARTITION, ETCD_OUTAGE, ISOLATION),
                                2)
                        .in(Map.of("failsafe_mode", true)),
                new PlantedBug(
                                "a name in the leader key is taken for the lock, whoever wrote it there",
                                Sabotage.rules(Sabotage.without("InheritedLockIsGivenUp")),
                                List.of(ETCD_RESTORED),
                                1)
                        .from(10),
                new PlantedBug(
                        "25: a watch goes on after a compaction, and nothing is read again",
                        Sabotage.ports(MoreBugs::neverReadAgain),
                        List.of(ETCD_UPKEEP, NODE_LOSS),
                        1));
    }

    private static Object removeFirst(Call call) throws Throwable {
        if (call.is("replaceData")) {
            ((io.pgha.postgres.Postgres) call.target()).setAside(true);
        }
        return call.proceed();
    }

    /** Before all other rules: whoever is asked for a new copy makes one, from anybody. */
    private static List<Rule> whoeverIsOrdered(List<Rule> rules) {
        List<Rule> all = new ArrayList<>();
        all.add(new Rule() {
            @Override
            public String says() {
                return "Whoever is asked makes a new copy.";
            }

            @Override
            public Optional<Decision> consider(Situation situation) {
                boolean leads = situation.lockKeyIsMine() && situation.local().runsAsPrimary();
                return situation
                        .orders()
                        .operator()
                        .reinitialize()
                        .filter(order -> leads)
                        .flatMap(order -> situation.view().members().values().stream()
                                .filter(member -> !member.name().equals(situation.me()))
                                .flatMap(member -> Upstream.of(member).stream())
                                .findFirst()
                                .flatMap(source -> Decision.of(
                                        this,
                                        situation,
                                        new Action.Reinitialize(order, source, Action.OldData.EXPENDABLE),
                                        "a new copy was ordered")));
            }
        });
        all.addAll(rules);
        return all;
    }

    private static SimAgent promisesAnything(Surroundings s, Consumer<Decision> journal) {
        SimAgent real = RealAgent.standard(s, journal);
        return new SimAgent() {
            @Override
            public void run() {
                real.run();
            }

            @Override
            public void shutDown() {
                real.shutDown();
            }

            @Override
            public void detach() {
                real.detach();
            }

            @Override
            public FailsafeAnswer failsafe(FailsafePing ping) {
                return FailsafeAnswer.accepted(s.configuration().settings().name(), Optional.empty());
            }

            @Override
            public ServerStatus tells(ServerStatus status) {
                return real.tells(status);
            }

            @Override
            public Inbox inbox() {
                return real.inbox();
            }

            @Override
            public Optional<NodeSnapshot> snapshot() {
                return real.snapshot();
            }
        };
    }

    /** What it was shown a minute after its start is all that it ever sees. */
    private static Surroundings neverReadAgain(Surroundings s) {
        Duration compacted = Duration.ofSeconds(60);
        io.pgha.core.model.MonotonicTime began = s.clock().now();
        List<ClusterView> last = new ArrayList<>();
        return Sabotage.dcs(s, call -> {
            if (!call.is("watched", "read") || s.clock().now().since(began).compareTo(compacted) < 0) {
                return call.proceed();
            }
            if (last.isEmpty()) {
                Object answer = call.proceed();
                if (answer instanceof DcsOutcome.Done<?> done) {
                    last.add((ClusterView) done.value());
                } else if (answer instanceof Optional<?> view) {
                    view.ifPresent(seen -> last.add((ClusterView) seen));
                }
                return answer;
            }
            return call.is("watched") ? Optional.of(last.get(0)) : new DcsOutcome.Done<>(last.get(0));
        });
    }
}
