package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.Role;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaderlessTest {
    private static Outcome answers(PeerAnswer... peers) {
        return new Outcome.PeersAnswered(List.of(peers));
    }

    @Test
    void aReplicaAsksTheOthersBeforeItRaces() {
        assertThat(Cases.aReplica().unlocked().action()).isInstanceOf(Action.AskPeers.class);
    }

    @Test
    void theHealthiestTakesTheLock() {
        Outcome behind = answers(Cases.peer("c", new Lsn(1)), PeerAnswer.unreachable("b", "timed out"));
        assertThat(Cases.aReplica().unlocked().decisionAfter(behind).action()).isEqualTo(new Action.AcquireLock());
    }

    @Test
    void theWinnerOfTheRaceIsPromoted() {
        assertThat(Cases.aReplica()
                        .unlocked()
                        .decisionAfter(answers(), Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.Promote());
    }

    @Test
    void aReplicaThatIsBehindLetsTheOtherGoFirst() {
        Outcome ahead = answers(Cases.peer("c", new Lsn(Cases.HERE.bytes() + 1)));
        assertThat(Cases.aReplica().unlocked().decisionAfter(ahead).action()).isEqualTo(new Action.Wait());
    }

    @Test
    void nobodyTakesOverWhileAPrimaryAnswers() {
        PeerAnswer primary =
                new PeerAnswer("b", true, false, new Lsn(1), Timeline.FIRST, Tags.NONE, false, Optional.empty());
        assertThat(Cases.aReplica().unlocked().decisionAfter(answers(primary)).action())
                .isEqualTo(new Action.Wait());
    }

    @Test
    void aPeerThatMayNotLeadIsNoObstacle() {
        PeerAnswer ahead = new PeerAnswer(
                "c",
                true,
                true,
                new Lsn(Cases.HERE.bytes() + 1),
                Timeline.FIRST,
                new Tags(Map.of("nofailover", true)),
                false,
                Optional.empty());
        assertThat(Cases.aReplica().unlocked().decisionAfter(answers(ahead)).action())
                .isEqualTo(new Action.AcquireLock());
    }

    @Test
    void theHigherPriorityGoesFirstAtEqualPosition() {
        PeerAnswer preferred = new PeerAnswer(
                "c",
                true,
                true,
                Cases.HERE,
                Timeline.FIRST,
                new Tags(Map.of("failover_priority", 2)),
                false,
                Optional.empty());
        assertThat(Cases.aReplica().unlocked().decisionAfter(answers(preferred)).action())
                .isEqualTo(new Action.Wait());
    }

    @Test
    void aReplicaThatLagsTooFarDoesNotRace() {
        assertThat(Cases.aReplica()
                        .unlocked()
                        .leaderAt(new Lsn(Cases.HERE.bytes() + 1_048_577))
                        .decision()
                        .rule())
                .isEqualTo("NotACandidate");
    }

    @Test
    void aReplicaOnAnOldTimelineGivesTheOthersOneTtlToAppear() {
        Cases old = Cases.aReplica().unlocked().historyOf(2);
        assertThat(old.decision().rule()).isEqualTo("NotACandidate");
        old.remembering(old.memory().toBuilder()
                .leaderlessSince(Optional.of(Cases.now().minus(Duration.ofSeconds(30))))
                .build());
        assertThat(old.action()).isInstanceOf(Action.AskPeers.class);
    }

    @Test
    void aReplicaThatIsBehindAndKnowsNobodyGivesTheOthersOneTtlToAppear() {
        Cases alone = Cases.aReplica().neverInitialized().initialize(Cases.SYSTEM);
        assertThat(alone.action()).isInstanceOf(Action.AskPeers.class);
        assertThat(alone.leaderAt(new Lsn(Cases.HERE.bytes() + 1)).decision().rule())
                .isEqualTo("NotACandidate");
    }

    @Test
    void aReplicaTaggedNofailoverDoesNotRace() {
        assertThat(Cases.aReplica()
                        .unlocked()
                        .tagged(Map.of("nofailover", true))
                        .decision()
                        .rule())
                .isEqualTo("NotACandidate");
    }

    @Test
    void aPrimaryThatFindsNoLockTakesIt() {
        assertThat(Cases.aReplica().runningAsPrimary().unlocked().action()).isEqualTo(new Action.AcquireLock());
    }

    @Test
    void aPrimaryOfAnOldTimelineDoesNotTakeTheLock() {
        assertThat(Cases.aReplica().runningAsPrimary().unlocked().historyOf(2).action())
                .isEqualTo(new Action.Fence());
    }

    @Test
    void aPrimaryThatLosesTheRaceIsStoppedAtOnce() {
        assertThat(Cases.aReplica()
                        .runningAsPrimary()
                        .unlocked()
                        .decisionAfter(new Outcome.LockRefused("c was first"))
                        .action())
                .isEqualTo(new Action.Fence());
    }

    @Test
    void anEmptyNodeInitializesOnlyWhereNobodyHasData() {
        assertThat(Cases.anEmptyNode().neverInitialized().action()).isEqualTo(new Action.RaceToInitialize());
        assertThat(Cases.anEmptyNode()
                        .neverInitialized()
                        .with(Cases.member("c", Role.REPLICA, Tags.NONE))
                        .action())
                .isEqualTo(new Action.Wait());
    }

    @Test
    void theWinnerOfTheRaceToInitializeCreatesTheCluster() {
        assertThat(Cases.anEmptyNode()
                        .neverInitialized()
                        .initialize("")
                        .bootstrapping(BootstrapPhase.CREATING)
                        .action())
                .isEqualTo(new Action.Bootstrap());
    }

    @Test
    void aNewClusterIsPublishedWhenItIsComplete() {
        Cases ready =
                Cases.aReplica().runningAsPrimary().unlocked().initialize("").bootstrapping(BootstrapPhase.READY);
        assertThat(ready.action()).isEqualTo(new Action.PublishBootstrap(Cases.SYSTEM));
        assertThat(ready.decisionAfter(Cases.lockHeld()).rule()).isEqualTo("LeadingAsPrimary");
    }

    @Test
    void aBootstrapWhoseClaimIsGoneIsTakenBack() {
        assertThat(Cases.aReplica()
                        .runningAsPrimary()
                        .bootstrapping(BootstrapPhase.STARTED)
                        .action())
                .isEqualTo(new Action.AbandonBootstrap());
    }

    @Test
    void dataOfAClusterThatTheDcsForgotIsAnnouncedAgain() {
        assertThat(Cases.aReplica().shutDownAsPrimary().neverInitialized().action())
                .isEqualTo(new Action.WriteInitialize(Cases.SYSTEM));
    }
}
