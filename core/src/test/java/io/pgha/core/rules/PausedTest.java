package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.Memory;
import io.pgha.core.decide.OperatorOrders;
import io.pgha.core.decide.Orders;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Maintenance mode, facts §5.17. */
class PausedTest {
    private static final Optional<String> ME = Optional.of("a");
    private static final Optional<String> NONE = Optional.empty();

    private static Outcome refused() {
        return new Outcome.LockRefused("held by b");
    }

    private static Outcome said(PeerAnswer... answers) {
        return new Outcome.PeersAnswered(List.of(answers));
    }

    private static PeerAnswer primary(String name) {
        return new PeerAnswer(name, true, false, Cases.HERE, Timeline.FIRST, Tags.NONE, false, Optional.empty());
    }

    @Test
    void aPrimaryGoesOnRenewingItsLock() {
        assertThat(Cases.aLeader().paused().action()).isEqualTo(new Action.RenewLock());
        assertThat(Cases.aLeader().paused().decisionAfter(Cases.lockHeld()).rule())
                .isEqualTo("LeadingInPause");
    }

    @Test
    void aPrimaryThatLostItsLockIsLeftAlone() {
        assertThat(Cases.aLeader().paused().decisionAfter(refused()).action()).isEqualTo(new Action.Wait());
        assertThat(Cases.aLeader()
                        .paused()
                        .lockProvenFor(Duration.ZERO)
                        .decisionAfter(new Outcome.LockUncertain("timeout"))
                        .action())
                .isEqualTo(new Action.Wait());
        assertThat(Cases.aReplica().runningAsPrimary().paused().action()).isEqualTo(new Action.Wait());
    }

    @Test
    void aPrimaryWithoutTheDcsIsLeftAlone() {
        Cases primary =
                Cases.aLeader().dcsUnreachable().lockProvenFor(Duration.ZERO).paused();
        assertThat(primary.decision().rule()).isEqualTo("OutageInPause");
        assertThat(primary.action()).isEqualTo(new Action.Wait());
    }

    @Test
    void nothingThatIsDownIsStarted() {
        assertThat(Cases.aLeader().crashedAsPrimary().paused().action())
                .isEqualTo(new Action.ReleaseLock(Optional.empty()));
        assertThat(Cases.aReplica().down().paused().decision().rule()).isEqualTo("LeftDownInPause");
        assertThat(Cases.aReplica().down().dcsUnreachable().paused().action()).isEqualTo(new Action.Wait());
        assertThat(Cases.anEmptyNode().paused().action()).isEqualTo(new Action.Wait());
        assertThat(Cases.anEmptyNode().neverInitialized().paused().action()).isEqualTo(new Action.Wait());
    }

    @Test
    void whatThisAgentHasStoppedIsStartedAgain() {
        Memory owed = Memory.EMPTY.toBuilder()
                .startOwed(true)
                .compared("b@1", Cases.now())
                .build();
        assertThat(Cases.aReplica().down().remembering(owed).paused().action())
                .isInstanceOf(Action.StartAsStandby.class);
    }

    @Test
    void aStandbyThatHoldsTheLockGivesItUp() {
        assertThat(Cases.aReplica().ledBy("a").paused().action()).isEqualTo(new Action.ReleaseLock(Optional.empty()));
    }

    @Test
    void nobodyRacesButARunningPrimary() {
        assertThat(Cases.aReplica().unlocked().paused().action()).isEqualTo(new Action.Wait());
        assertThat(Cases.aLeader().unlocked().paused().action()).isEqualTo(new Action.AcquireLock());
        assertThat(Cases.aLeader().unlocked().paused().decisionAfter(refused()).action())
                .isEqualTo(new Action.Wait());
    }

    @Test
    void theCandidateOfAFailoverTakesTheLockAndIsPromoted() {
        Cases chosen = Cases.aReplica().unlocked().asked(NONE, ME, NONE).paused();
        assertThat(chosen.action()).isInstanceOf(Action.AskPeers.class);
        Outcome silent = said(PeerAnswer.unreachable("b", "timed out"), Cases.peer("c", Cases.HERE));
        assertThat(chosen.decisionAfter(silent).action()).isEqualTo(new Action.AcquireLock());
        assertThat(chosen.decisionAfter(silent, Cases.lockHeld()).action()).isEqualTo(new Action.Promote());
    }

    @Test
    void theCandidateLeavesItToAPrimaryThatStillRuns() {
        Cases chosen = Cases.aReplica().unlocked().asked(NONE, ME, NONE).paused();
        assertThat(chosen.decisionAfter(said(primary("b"))).action()).isEqualTo(new Action.Wait());
    }

    /** Found by the simulator: the old leader died in a switchover in pause, and its candidate lacked commits. */
    @Test
    void theCandidateOfASwitchoverHasToHaveWhatWasAcknowledged() {
        Cases chosen = Cases.aReplica()
                .unlocked()
                .synchronous(SyncSettings.defaults(SyncMode.QUORUM))
                .sync("b", 1, "a", "c")
                .asked(Optional.of("b"), ME, NONE)
                .paused();
        assertThat(chosen.decisionAfter(said(Cases.peer("c", new Lsn(Cases.HERE.bytes() + 100))))
                        .action())
                .isEqualTo(new Action.Wait());
        assertThat(chosen.decisionAfter(said(Cases.peer("c", Cases.HERE))).action())
                .isEqualTo(new Action.AcquireLock());
        Cases manual = Cases.aReplica()
                .unlocked()
                .synchronous(SyncSettings.defaults(SyncMode.QUORUM))
                .sync("b", 1, "a", "c")
                .asked(NONE, ME, NONE)
                .paused();
        assertThat(manual.decisionAfter(said(PeerAnswer.unreachable("c", "timed out")))
                        .action())
                .isEqualTo(new Action.AcquireLock());
    }

    @Test
    void aScheduledRequestIsNotObeyed() {
        Optional<String> soon = Optional.of("2026-11-21T12:00:00Z");
        assertThat(Cases.aReplica().unlocked().asked(NONE, ME, soon).paused().action())
                .isEqualTo(new Action.Wait());
        assertThat(Cases.aLeader()
                        .asked(ME, Optional.of("c"), soon)
                        .paused()
                        .decisionAfter(Cases.lockHeld())
                        .rule())
                .isEqualTo("LeadingInPause");
    }

    @Test
    void aSwitchoverNeedsACandidate() {
        assertThat(Cases.aLeader()
                        .asked(ME, NONE, NONE)
                        .paused()
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isInstanceOf(Action.ClearFailover.class);
        assertThat(Cases.aLeader()
                        .asked(ME, Optional.of("c"), NONE)
                        .streamingTo("c", "async")
                        .paused()
                        .decisionAfter(Cases.lockHeld(), said(Cases.peer("c", Cases.HERE)))
                        .action())
                .isEqualTo(new Action.Demote(Action.Parting.PREPARED));
    }

    @Test
    void anotherClustersDataIsNoReasonToEnd() {
        Cases foreign = Cases.aReplica().ofSystem("7999999999999999999").paused();
        assertThat(foreign.action()).isEqualTo(new Action.Wait());
        assertThat(foreign.ledBy("a").action()).isEqualTo(new Action.ReleaseLock(Optional.empty()));
    }

    @Test
    void anAgentThatIsToldToStopLeavesPostgresqlAlone() {
        assertThat(Cases.aLeader()
                        .ordered(new Orders(true, Optional.empty()))
                        .paused()
                        .action())
                .isEqualTo(new Action.Exit(0));
    }

    @Test
    void aReplicaMayBePointedAtItsUpstreamAndNothingElse() {
        assertThat(Cases.aReplica().following(false).paused().action()).isInstanceOf(Action.Follow.class);
        assertThat(Cases.aReplica().notStreaming().paused().action()).isEqualTo(new Action.Wait());
    }

    @Test
    void aJobThatRunsIsLetFinish() {
        assertThat(Cases.aReplica().running(JobKind.REWIND).paused().action()).isEqualTo(new Action.Wait());
        assertThat(Cases.aLeader().running(JobKind.DEMOTE).paused().action()).isEqualTo(new Action.RenewLock());
    }

    @Test
    void nofailoverIsObeyed() {
        assertThat(Cases.aReplica()
                        .tagged(Map.of("nofailover", true))
                        .unlocked()
                        .asked(NONE, ME, NONE)
                        .paused()
                        .action())
                .isEqualTo(new Action.Wait());
    }

    @Test
    void aConfigurationThatIsGoneEndsNoPause() {
        assertThat(Cases.aReplica().paused().withoutConfig().down().decision().rule())
                .isEqualTo("LeftDownInPause");
    }

    private static Cases toRestart(Cases node) {
        return node.paused().ordered(Orders.of(OperatorOrders.restart(RestartOrder.PLAIN)));
    }

    @Test
    void aStoppedStandbyIsStartedByOrder() {
        assertThat(toRestart(Cases.aReplica().down()).action())
                .isInstanceOfSatisfying(Action.Restart.class, restart -> {
                    assertThat(restart.as()).isEqualTo(Role.REPLICA);
                    assertThat(restart.upstream()).isPresent();
                });
        assertThat(toRestart(Cases.aReplica().unlocked().down()).action()).isInstanceOf(Action.Restart.class);
    }

    @Test
    void aStoppedPrimaryIsStartedByOrderUnderTheLockOnly() {
        Cases free = toRestart(seen(Cases.aLeader().crashedAsPrimary().unlocked()));
        assertThat(free.action()).isEqualTo(new Action.AcquireLock());
        assertThat(free.decisionAfter(refused()).action()).isNotInstanceOf(Action.Restart.class);

        Cases held = toRestart(seen(Cases.aLeader().crashedAsPrimary()));
        assertThat(held.action()).isEqualTo(new Action.RenewLock());
        assertThat(held.decisionAfter(Cases.lockHeld()).action())
                .isEqualTo(new Action.Restart(RestartOrder.PLAIN, Role.PRIMARY, Optional.empty()));
    }

    @Test
    void aStoppedFormerPrimaryIsNotStartedBesideAnotherLeaderOrUnseen() {
        assertThat(toRestart(seen(Cases.aReplica().crashedAsPrimary())).action())
                .isInstanceOf(Action.RefuseOrder.class);
        assertThat(toRestart(Cases.aLeader().crashedAsPrimary().unlocked().remembering(Memory.EMPTY))
                        .action())
                .isInstanceOf(Action.RefuseOrder.class);
    }

    private static Cases seen(Cases node) {
        return node.remembering(Memory.EMPTY.toBuilder().joined(true).build());
    }
}
