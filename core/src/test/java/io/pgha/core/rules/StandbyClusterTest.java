package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.FollowTarget;
import io.pgha.core.decide.Orders;
import io.pgha.core.decide.RewindPhase;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Role;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cluster that follows another one (facts §5.6–5.11, §5.18). */
class StandbyClusterTest {
    private static final String COMPARED = "remote " + Cases.REMOTE.connUrl();

    @Test
    void theHolderOfTheLockIsNotPromoted() {
        Decision decision = standbyLeader().decisionAfter(Cases.lockHeld());
        assertThat(decision.rule()).isEqualTo("StandbyLeaderLeads");
        assertThat(decision.reason()).contains("streaming from " + Cases.REMOTE.connUrl());
    }

    @Test
    void itIsPromotedOnceTheClusterFollowsNobodyAnyMore() {
        assertThat(Cases.aReplica()
                        .ledBy("a")
                        .lockProvenFor(Duration.ofSeconds(25))
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.Promote());
    }

    @Test
    void theLeaderFollowsTheOtherClusterAndTheOthersFollowTheLeader() {
        assertThat(upstream(standbyLeader())).contains(Cases.REMOTE);
        assertThat(upstream(Cases.aReplica().inStandbyCluster()).map(Upstream::name))
                .contains("b");
        assertThat(upstream(Cases.aReplica().inStandbyCluster().tagged(Map.of("replicatefrom", "c")))
                        .map(Upstream::name))
                .contains("c");
        assertThat(upstream(Cases.aReplica().inStandbyCluster().unlocked())).contains(Cases.REMOTE);
    }

    @Test
    void aNewStandbyLeaderIsPointedAtTheOtherCluster() {
        assertThat(standbyLeader()
                        .following(false)
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.Follow(Optional.of(Cases.REMOTE)));
    }

    @Test
    void theRaceIsRunAsInAnyCluster() {
        Cases racing = Cases.aReplica().inStandbyCluster().unlocked();
        assertThat(racing.decisionAfter(new Outcome.PeersAnswered(List.of())).action())
                .isEqualTo(new Action.AcquireLock());
        Decision won = Cases.aReplica()
                .inStandbyCluster()
                .unlocked()
                .decisionAfter(new Outcome.PeersAnswered(List.of()), Cases.lockHeld());
        assertThat(won.rule()).isEqualTo("StandbyLeaderLeads");
    }

    @Test
    void thePrimaryOfAClusterThatBecameAStandbyClusterIsStoppedInOrder() {
        assertThat(Cases.aLeader()
                        .inStandbyCluster()
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.Demote(Action.Parting.PREPARED));
    }

    @Test
    void whileItStopsItKeepsTheLock() {
        Cases stopping = Cases.aLeader()
                .inStandbyCluster()
                .running(JobKind.DEMOTE)
                .ordered(new Orders(false, Optional.of(Cases.HERE)));
        assertThat(stopping.action()).isEqualTo(new Action.RenewLock());
        assertThat(stopping.decisionAfter(Cases.lockHeld()).rule()).isEqualTo("Busy");
    }

    @Test
    void aFormerPrimaryComparesAndStartsAsStandbyLeader() {
        Cases stopped = Cases.aReplica().inStandbyCluster().ledBy("a").shutDownAsPrimary();
        assertThat(stopped.decisionAfter(Cases.lockHeld()).action())
                .isEqualTo(new Action.CheckDivergence(Cases.REMOTE));
        assertThat(compared(stopped, RewindPhase.NOT_NEEDED)
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.StartAsStandby(Optional.of(Cases.REMOTE)));
        assertThat(compared(stopped, RewindPhase.NEEDED)
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.Rewind(Cases.REMOTE));
    }

    @Test
    void aFormerPrimaryThatCrashedRecoversBeforeItIsCompared() {
        Cases crashed = Cases.aReplica().inStandbyCluster().ledBy("a").crashedAsPrimary();
        assertThat(crashed.decisionAfter(Cases.lockHeld()).action()).isEqualTo(new Action.CrashRecover());
    }

    @Test
    void dataThatPartedFromTheOtherClusterIsNotReplacedWithoutNeed() {
        Cases replica = compared(Cases.aReplica().inStandbyCluster().down(), RewindPhase.NEEDED)
                .withoutRewind();
        assertThat(replica.action()).isInstanceOf(Action.StartAsStandby.class);
        assertThat(compared(Cases.aReplica().inStandbyCluster().down(), RewindPhase.FAILED)
                        .action())
                .isEqualTo(new Action.SetAside(Action.Disposal.RENAME));
    }

    @Test
    void whatWasFoundAgainstTheOtherClusterIsForgottenWithIt() {
        Cases promoted = compared(Cases.aReplica().down(), RewindPhase.NEEDED);
        assertThat(promoted.action()).isInstanceOf(Action.CheckDivergence.class);
    }

    @Test
    void aStandbyLeaderThatCannotStartGivesTheLockUp() {
        assertThat(Cases.aReplica()
                        .inStandbyCluster()
                        .ledBy("a")
                        .down()
                        .finished(JobKind.START_STANDBY, false)
                        .action())
                .isEqualTo(new Action.ReleaseLock(Optional.empty()));
    }

    @Test
    void aStandbyLeaderThatDoesNotStreamComparesItsHistory() {
        assertThat(standbyLeader()
                        .notStreaming()
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.CheckDivergence(Cases.REMOTE));
    }

    @Test
    void aReplicaOfAStandbyLeaderThatDoesNotStreamComparesWithTheOtherCluster() {
        assertThat(Cases.aReplica()
                        .inStandbyCluster()
                        .with(Cases.member("b", Role.STANDBY_LEADER, Tags.NONE))
                        .notStreaming()
                        .action())
                .isEqualTo(new Action.CheckDivergence(Cases.REMOTE));
    }

    @Test
    void aSwitchoverMovesTheLockAndStopsNothing() {
        Cases asked = standbyLeader().asked(Optional.of("a"), Optional.of("c"), Optional.empty());
        assertThat(asked.decisionAfter(Cases.lockHeld()).action()).isInstanceOf(Action.AskPeers.class);
        Outcome able = new Outcome.PeersAnswered(List.of(Cases.peer("c", Cases.HERE)));
        assertThat(asked.decisionAfter(Cases.lockHeld(), able).action())
                .isEqualTo(new Action.ReleaseLock(Optional.of(Cases.HERE)));
        assertThat(asked.decisionAfter(Cases.lockHeld(), able, new Outcome.LockReleased())
                        .rule())
                .isEqualTo("ChosenCandidateGoesFirst");
    }

    @Test
    void aRequestThatCannotBeObeyedIsCleared() {
        assertThat(standbyLeader()
                        .asked(Optional.of("b"), Optional.of("c"), Optional.empty())
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isInstanceOf(Action.ClearFailover.class);
        assertThat(standbyLeader()
                        .asked(Optional.of("a"), Optional.of("c"), Optional.empty())
                        .decisionAfter(Cases.lockHeld(), new Outcome.PeersAnswered(List.of()))
                        .action())
                .isInstanceOf(Action.ClearFailover.class);
    }

    @Test
    void aNewStandbyClusterIsACopyOfTheServerThatItFollows() {
        Cases winner = Cases.anEmptyNode().inStandbyCluster().neverInitialized();
        assertThat(winner.decisionAfter(new Outcome.InitializeWon()).action())
                .isEqualTo(new Action.BootstrapStandby(Optional.of(Cases.REMOTE)));
        Cases started =
                Cases.aReplica().inStandbyCluster().unlocked().initialize("").bootstrapping(BootstrapPhase.STARTED);
        assertThat(started.action()).isEqualTo(new Action.PublishBootstrap(Cases.SYSTEM));
        Situation published =
                started.situation().after(Cases.lockHeld(), started.decision().memory(), Cases.now());
        assertThat(published.memory().bootstrap()).isEqualTo(BootstrapPhase.NONE);
    }

    @Test
    void inPauseTheStandbyLeaderKeepsTheLockAndIsNotPromoted() {
        Cases chosen = Cases.aReplica()
                .settings(io.pgha.core.model.HaSettings.defaults("a", "demo").toBuilder()
                        .paused(true)
                        .build())
                .inStandbyCluster()
                .ledBy("a")
                .lockProvenFor(Duration.ofSeconds(25))
                .asked(Optional.empty(), Optional.of("a"), Optional.empty());
        assertThat(chosen.action()).isEqualTo(new Action.RenewLock());
        assertThat(chosen.decisionAfter(Cases.lockHeld()).action())
                .isNotInstanceOfAny(Action.Promote.class, Action.ReleaseLock.class);
    }

    @Test
    void aRunningStandbyBeginsAStandbyCluster() {
        assertThat(Cases.aReplica().inStandbyCluster().neverInitialized().action())
                .isEqualTo(new Action.WriteInitialize(Cases.SYSTEM));
    }

    @Test
    void withoutALeaderAnEmptyNodeCopiesTheOtherClusterAfterATtl() {
        Cases early = Cases.anEmptyNode().inStandbyCluster().unlocked();
        assertThat(early.decision().rule()).isEqualTo("NoDataYet");
        Cases late = Cases.anEmptyNode().inStandbyCluster().unlocked();
        late.remembering(late.memory().toBuilder()
                .leaderlessSince(Optional.of(Cases.now().minus(Duration.ofSeconds(31))))
                .build());
        assertThat(late.action()).isEqualTo(new Action.CreateReplica(Optional.of(Cases.REMOTE)));
    }

    private static Cases standbyLeader() {
        return Cases.aReplica().inStandbyCluster().ledBy("a").lockProvenFor(Duration.ofSeconds(25));
    }

    private static Cases compared(Cases node, RewindPhase phase) {
        return node.remembering(node.memory().toBuilder()
                .rewind(phase)
                .compared(COMPARED, Cases.now())
                .build());
    }

    private static Optional<Upstream> upstream(Cases node) {
        Situation situation = node.situation();
        return FollowTarget.of(situation.view(), situation.settings());
    }
}
