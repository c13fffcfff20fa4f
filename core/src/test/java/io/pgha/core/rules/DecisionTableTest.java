package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.OperatorOrders;
import io.pgha.core.decide.Orders;
import io.pgha.core.decide.RewindPhase;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.election.Electorate;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.ReinitializeOrder;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What holds for every situation, whatever the rules become. */
class DecisionTableTest {
    /** The gate is the same for every change; other situations are for who looks for mistakes: take the seed out. */
    private static final String SEED = "20261121";

    private static final DecisionTable TABLE = DecisionTable.standard();

    @Property(tries = 3000, seed = SEED)
    void everySituationHasADecisionAndAlwaysTheSame(@ForAll long seed) {
        for (Situation situation : cycle(seed)) {
            assertThat(TABLE.decide(situation)).isEqualTo(TABLE.decide(situation));
        }
    }

    @Property(tries = 3000, seed = SEED)
    void nobodyIsPromotedOrStartedAsPrimaryWithoutALockRenewedInThisCycle(@ForAll long seed) {
        for (Situation situation : cycle(seed)) {
            Action action = TABLE.decide(situation).action();
            boolean restart = action instanceof Action.Restart order && order.as() == Role.PRIMARY;
            if (action instanceof Action.Promote || action instanceof Action.StartAsPrimary || restart) {
                assertThat(situation.lockKeyIsMine() && situation.lockRenewed() && situation.lockProvenForLong())
                        .isTrue();
            }
        }
    }

    @Property(tries = 3000, seed = SEED)
    void aServerThatMayTakeWritesUnderAnothersLockIsNeverLeftAlone(@ForAll long seed) {
        for (Situation situation : cycle(seed)) {
            boolean usurper = situation.dcsSeen()
                    && situation.lockedByAnother()
                    && situation.local().runsAsPrimary()
                    && situation.hasData()
                    && situation.local().systemIdentifier().equals(Optional.of(Cases.SYSTEM))
                    && !situation.paused()
                    && !situation.orders().shutDown()
                    && situation.memory().bootstrap() == BootstrapPhase.NONE
                    && !situation.job().isRunning(JobKind.DEMOTE)
                    && !situation.job().isRunning(JobKind.SHUTDOWN);
            if (usurper) {
                assertThat(TABLE.decide(situation).action())
                        .as(situation.toString())
                        .isIn(new Action.Fence());
            }
        }
    }

    @Property(tries = 3000, seed = SEED)
    void nobodyTakesWritesInAStandbyCluster(@ForAll long seed) {
        for (Situation situation : cycle(seed)) {
            if (situation.inStandbyCluster()) {
                assertThat(TABLE.decide(situation).action())
                        .isNotInstanceOfAny(Action.Promote.class, Action.StartAsPrimary.class, Action.Bootstrap.class);
            }
        }
    }

    @Property(tries = 3000, seed = SEED)
    void dataIsOnlyReplacedWhenItDivergedAndALeaderIsThere(@ForAll long seed) {
        for (Situation situation : cycle(seed)) {
            if (TABLE.decide(situation).action() instanceof Action.SetAside) {
                boolean remoteIsThere = situation.remote().isPresent()
                        && situation.leaderlessForTtl()
                        && situation.memory().rewind() == RewindPhase.FAILED;
                assertThat(situation.lockedByAnother() || remoteIsThere).isTrue();
                assertThat(situation.memory().rewind())
                        .isIn(RewindPhase.NEEDED, RewindPhase.HIDDEN, RewindPhase.FAILED);
            }
        }
    }

    /** It would be a new cluster beside the one to which it belongs (S10), or a server with half of its files. */
    @Property(tries = 3000, seed = SEED)
    void whatIsHalfRewoundIsNeitherStartedNorComparedNorTakenForNothing(@ForAll long seed) {
        for (Situation situation : cycle(seed)) {
            boolean born = situation.memory().bootstrap() != BootstrapPhase.NONE;
            if (situation.local().dataDirectory() == DataDirectory.HALF_REWOUND && !born) {
                assertThat(TABLE.decide(situation).action())
                        .as(situation.toString())
                        .isNotInstanceOfAny(
                                Action.StartAsStandby.class,
                                Action.StartAsPrimary.class,
                                Action.CrashRecover.class,
                                Action.CheckDivergence.class,
                                Action.Rewind.class,
                                Action.Restart.class,
                                Action.Promote.class,
                                Action.RaceToInitialize.class,
                                Action.SetAside.class);
            }
        }
    }

    @Property(tries = 3000, seed = SEED)
    void aNewCopyIsMadeOnlyOfALeaderThatAnsweredAndNeverOfALeadersOwnData(@ForAll long seed) {
        for (Situation situation : cycle(seed)) {
            if (TABLE.decide(situation).action() instanceof Action.Reinitialize) {
                assertThat(situation.lockedByAnother()).isTrue();
                assertThat(situation.local().mayTakeWrites()).isFalse();
                assertThat(situation.peers().orElseThrow())
                        .anyMatch(peer -> peer.name().equals("b") && peer.reachable() && !peer.inRecovery());
            }
        }
    }

    /** A switchover loses nothing (S5): whoever stopped to hand over gives the lock up only for a member that has all of it. */
    @Property(tries = 5000, seed = SEED)
    void afterTheStopOfASwitchoverTheLockGoesOnlyToAMemberWithTheLastWal(@ForAll long seed) {
        for (Situation situation : cycle(seed)) {
            boolean excused = situation.orders().shutDown()
                    || situation.memory().primaryStartFailed()
                    || situation.inStandbyCluster()
                    || situation.memory().bootstrap() != BootstrapPhase.NONE
                    || !situation.hasData()
                    || !situation.local().systemIdentifier().equals(Optional.of(Cases.SYSTEM))
                    || situation.job().isRunning()
                    || situation.view().failover().filter(Handover::isManual).isPresent();
            if (!situation.memory().handingOver() || situation.local().postmasterRuns() || excused) {
                continue;
            }
            if (TABLE.decide(situation).action() instanceof Action.ReleaseLock) {
                Lsn last = situation.orders().shutdownCheckpoint().orElseThrow();
                assertThat(situation.peers().orElseThrow())
                        .as(situation.toString())
                        .anyMatch(peer -> peer.reachable() && !last.isAfter(peer.walPosition()));
            }
        }
    }

    /** Invariant S3: a promise that asks for votes is kept by who has them, led last, or was ordered to lead. */
    @Property(tries = 3000, seed = SEED)
    void nobodyIsPromotedWithoutTheVotesThatTheKeyAsksFor(@ForAll long seed) {
        for (Situation situation : cycle(seed)) {
            Electorate electorate = Candidates.electorate(situation);
            boolean free = !electorate.byVotes()
                    || electorate.isLastLeader(situation.me())
                    || situation.view().failover().filter(Handover::isManual).isPresent();
            if (!free && TABLE.decide(situation).action() instanceof Action.Promote) {
                assertThat(Candidates.judge(situation, situation.peers().orElseThrow())
                                .fit())
                        .as(situation.toString())
                        .isTrue();
            }
        }
    }

    /** Invariant S8; a Job that runs, and what an operator asked for, is another matter. */
    @Property(tries = 5000, seed = SEED)
    void inPauseNothingIsDoneByItself(@ForAll long seed) {
        for (Situation situation : cycle(seed)) {
            boolean asked = situation.view().failover().isPresent()
                    || !situation.orders().operator().equals(OperatorOrders.NONE)
                    || situation.job().isRunning(JobKind.REINITIALIZE)
                    || situation.memory().startOwed()
                    || situation.memory().handingOver();
            if (!situation.paused() || asked) {
                continue;
            }
            assertThat(TABLE.decide(situation).action())
                    .as(situation.toString())
                    .isInstanceOfAny(
                            Action.Wait.class,
                            Action.AcquireLock.class,
                            Action.RenewLock.class,
                            Action.ReleaseLock.class,
                            Action.AskPeers.class,
                            Action.Follow.class,
                            Action.SynchronizeStandbys.class,
                            Action.Exit.class);
        }
    }

    @Test
    void everyRuleIsReached() {
        Set<String> reached = new HashSet<>();
        for (long seed = 0; seed < 400_000; seed++) {
            cycle(seed).forEach(situation -> reached.add(TABLE.decide(situation).rule()));
        }
        Set<String> all = TABLE.rules().stream().map(Rule::id).collect(Collectors.toSet());
        assertThat(reached).isEqualTo(all);
    }

    @Test
    void everyRuleHasItsOwnNameAndSentence() {
        assertThat(TABLE.rules().stream().map(Rule::id)).doesNotHaveDuplicates();
        assertThat(TABLE.rules().stream().map(Rule::says))
                .doesNotHaveDuplicates()
                .allMatch(text -> text.endsWith("."));
    }

    private static <T> T any(SplittableRandom chance, T[] values) {
        return List.of(values).get(chance.nextInt(values.length));
    }

    /** A situation, and those that follow from it in the same cycle. */
    private static List<Situation> cycle(long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        Situation situation = random(chance).situation();
        List<Situation> all = new java.util.ArrayList<>();
        all.add(situation);
        for (int step = 0; step < 3; step++) {
            Decision decision = TABLE.decide(situation);
            Optional<Outcome> outcome = outcomeOf(decision.action(), chance);
            if (outcome.isEmpty()) {
                break;
            }
            situation = situation.after(outcome.get(), decision.memory(), Cases.now());
            all.add(situation);
        }
        return all;
    }

    private static Optional<Outcome> outcomeOf(Action action, SplittableRandom chance) {
        if (action instanceof Action.AskPeers asked
                && asked.members().stream().anyMatch(member -> member.name().equals("b"))
                && chance.nextBoolean()) {
            return Optional.of(new Outcome.PeersAnswered(List.of(Cases.primary("b", Cases.HERE))));
        }
        if (action instanceof Action.AskPeers) {
            return Optional.of(new Outcome.PeersAnswered(
                    chance.nextBoolean()
                            ? List.of(Cases.peer("c", new Lsn(Cases.HERE.bytes() + chance.nextInt(-5, 5))))
                            : List.of(PeerAnswer.unreachable("c", "timed out"))));
        }
        if (action instanceof Action.AcquireLock
                || action instanceof Action.RenewLock
                || action instanceof Action.PublishBootstrap) {
            return Optional.of(
                    switch (chance.nextInt(3)) {
                        case 0 -> Cases.lockHeld();
                        case 1 -> new Outcome.LockRefused("held by c");
                        default -> new Outcome.LockUncertain("timed out");
                    });
        }
        if (action instanceof Action.RefuseOrder refusal) {
            return Optional.of(new Outcome.OrderSettled(refusal.kind()));
        }
        if (action instanceof Action.RaceToInitialize) {
            return Optional.of(
                    chance.nextBoolean() ? new Outcome.InitializeWon() : new Outcome.InitializeUncertain("timed out"));
        }
        if (action instanceof Action.AskFailsafe) {
            return Optional.of(
                    chance.nextBoolean()
                            ? new Outcome.FailsafeAgreed(Cases.now().plus(Duration.ofSeconds(30)))
                            : new Outcome.FailsafeRefused("c: timed out"));
        }
        return action instanceof Action.ReleaseLock ? Optional.of(new Outcome.LockReleased()) : Optional.empty();
    }

    private static Cases random(SplittableRandom chance) {
        Cases node = chance.nextInt(4) == 0 ? Cases.anEmptyNode() : Cases.aReplica();
        boolean halfRewound = chance.nextInt(20) == 0;
        switch (chance.nextInt(4)) {
            case 0 -> node.unlocked();
            case 1 -> node.ledBy("a");
            default -> node.ledBy("b");
        }
        randomServer(chance, node);
        if (halfRewound) {
            node.halfRewound();
        }
        randomMemory(chance, node);
        if (chance.nextInt(4) == 0) {
            node.inStandbyCluster();
        }
        if (chance.nextInt(6) == 0) {
            node.dcsUnreachable();
        }
        if (chance.nextInt(4) == 0) {
            node.paused();
        }
        if (chance.nextInt(8) == 0) {
            node.neverInitialized();
        }
        if (chance.nextInt(12) == 0) {
            node.initialize("");
        }
        if (chance.nextBoolean()) {
            node.lockProvenFor(Duration.ofMillis(chance.nextInt(0, 30_000)));
        }
        if (chance.nextInt(3) == 0) {
            node.running(any(chance, JobKind.values()));
        } else if (chance.nextInt(3) == 0) {
            node.finished(any(chance, JobKind.values()), chance.nextBoolean());
        }
        if (chance.nextInt(4) == 0) {
            node.asked(
                    Optional.of(chance.nextBoolean() ? "a" : "b"),
                    chance.nextInt(4) == 0 ? Optional.empty() : Optional.of(chance.nextBoolean() ? "a" : "c"),
                    Optional.empty());
        }
        if (chance.nextInt(3) == 0) {
            node.inFailsafeMode();
        }
        if (chance.nextInt(20) == 0) {
            node.runningSince(JobKind.START_PRIMARY, Duration.ofSeconds(400));
        }
        return node;
    }

    private static void randomServer(SplittableRandom chance, Cases node) {
        switch (chance.nextInt(7)) {
            case 0 -> node.runningAsPrimary();
            case 1 -> node.runningAsPrimary().silent();
            case 2 -> node.crashedAsPrimary();
            case 3 -> node.shutDownAsPrimary();
            case 4 -> node.starting();
            case 5 -> node.notStreaming();
            default -> {}
        }
        if (chance.nextInt(15) == 0) {
            node.dataUnusable();
        }
        if (chance.nextInt(15) == 0) {
            node.ofSystem("7999999999999999999");
        }
        if (chance.nextInt(4) == 0) {
            node.withoutRewind();
        }
        if (chance.nextInt(4) == 0) {
            node.tagged(chance.nextBoolean() ? Map.of("nofailover", true) : Map.of("replicatefrom", "c"));
        }
        if (chance.nextInt(6) == 0) {
            node.historyOf(chance.nextInt(3));
        }
        node.following(chance.nextInt(4) != 0).at(new Lsn(Cases.HERE.bytes() + chance.nextInt(-2_000_000, 10)));
        if (chance.nextInt(10) == 0) {
            node.settings(Cases.settingsWithLeaderlessMethod());
        }
        if (chance.nextInt(5) == 0) {
            node.lackingALogicalSlot(new Lsn(Cases.HERE.bytes() - chance.nextInt(1, 4_000_000)));
            if (chance.nextBoolean()) {
                node.firstToCopySlots();
            }
        }
        if (chance.nextInt(3) == 0) {
            SyncSettings sync = SyncSettings.defaults(any(chance, SyncMode.values()));
            node.synchronous(chance.nextBoolean() ? sync : sync.asStrict());
        }
        if (chance.nextInt(3) == 0) {
            node.sync(any(chance, new String[] {"a", "b", "c"}), chance.nextInt(2), "b", "c");
        }
        if (chance.nextInt(3) == 0) {
            node.streamingTo("b", "sync").waitingFor("b");
        }
        if (chance.nextInt(6) == 0) {
            node.ordered(
                    new Orders(chance.nextBoolean(), chance.nextBoolean() ? Optional.of(Cases.HERE) : Optional.empty())
                            .without(
                                    chance.nextBoolean()
                                            ? Optional.of("/dev/watchdog does not exist")
                                            : Optional.<String>empty()));
        }
        if (chance.nextInt(6) == 0) {
            node.ordered(Orders.of(operatorOrders(chance)));
        }
    }

    private static OperatorOrders operatorOrders(SplittableRandom chance) {
        RestartOrder restart = new RestartOrder(
                chance.nextInt(3) == 0 ? Optional.of(Role.PRIMARY) : Optional.empty(),
                OptionalInt.empty(),
                chance.nextInt(5) == 0,
                Optional.empty());
        ReinitializeOrder reinitialize = new ReinitializeOrder(chance.nextBoolean(), chance.nextBoolean());
        return switch (chance.nextInt(4)) {
            case 0 -> OperatorOrders.restart(restart);
            case 1 -> OperatorOrders.reinitialize(reinitialize);
            case 2 -> new OperatorOrders(Optional.empty(), Optional.empty(), Optional.empty(), true);
            default -> OperatorOrders.scheduled(Cases.scheduled(restart, chance.nextInt(-20, 10)));
        };
    }

    private static void randomMemory(SplittableRandom chance, Cases node) {
        node.remembering(node.memory().toBuilder()
                .rewind(any(chance, RewindPhase.values()))
                .compared(any(chance, new String[] {"b@1", "c@1", "remote " + Cases.REMOTE.connUrl()}), Cases.now())
                .crashRecovered(chance.nextBoolean())
                .joined(chance.nextBoolean())
                .foundDown(chance.nextInt(4) == 0)
                .primaryStartFailed(chance.nextInt(5) == 0)
                .startOwed(chance.nextInt(3) == 0)
                .handingOver(chance.nextInt(5) == 0)
                .handOverUntil(
                        chance.nextBoolean() ? Optional.of(Cases.now().plus(Duration.ofSeconds(3))) : Optional.empty())
                .notBefore(
                        chance.nextInt(3) == 0
                                ? Optional.of(Cases.now().plus(Duration.ofSeconds(1)))
                                : Optional.empty())
                .build());
        if (chance.nextInt(4) == 0) {
            node.remembering(node.memory().toBuilder()
                    .leaderlessSince(Optional.of(Cases.now().minus(Duration.ofSeconds(60))))
                    .build());
        }
        if (chance.nextInt(5) == 0) {
            node.bootstrapping(any(chance, BootstrapPhase.values()));
        }
        if (chance.nextInt(10) == 0) {
            node.remembering(node.memory().toBuilder()
                    .noRaceUntil(Cases.now().plus(Duration.ofSeconds(5)))
                    .build());
        }
    }
}
