package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Memory;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeadingTest {
    @Test
    void aLeaderRenewsItsLockBeforeAnythingElse() {
        assertThat(Cases.aLeader().action()).isEqualTo(new Action.RenewLock());
    }

    @Test
    void aLeaderThatRenewedItsLockGoesOn() {
        assertThat(Cases.aLeader().decisionAfter(Cases.lockHeld()).rule()).isEqualTo("LeadingAsPrimary");
    }

    @Test
    void aPrimaryThatLostTheLockIsStoppedAtOnce() {
        assertThat(Cases.aLeader()
                        .decisionAfter(new Outcome.LockRefused("held by b"))
                        .action())
                .isEqualTo(new Action.Fence());
    }

    @Test
    void aPrimaryWithoutAnAnswerWorksOnWhileItsLockIsProven() {
        assertThat(Cases.aLeader()
                        .decisionAfter(new Outcome.LockUncertain("timeout"))
                        .action())
                .isEqualTo(new Action.Wait());
    }

    @Test
    void aPrimaryWithoutAnAnswerStopsInOrderBeforeItsLockEnds() {
        assertThat(Cases.aLeader()
                        .lockProvenFor(Duration.ofSeconds(4))
                        .decisionAfter(new Outcome.LockUncertain("timeout"))
                        .action())
                .isEqualTo(new Action.Demote(Action.Parting.HURRIED));
    }

    @Test
    void aStandbyWithTheLockIsPromotedOnlyAfterTheLockIsConfirmed() {
        Cases standby = Cases.aReplica().ledBy("a").lockProvenFor(Duration.ofSeconds(25));
        assertThat(standby.action()).isEqualTo(new Action.RenewLock());
        assertThat(standby.decisionAfter(Cases.lockHeld()).action()).isEqualTo(new Action.Promote());
    }

    @Test
    void aStandbyWhoseRenewalIsUncertainIsNotPromoted() {
        assertThat(Cases.aReplica()
                        .ledBy("a")
                        .lockProvenFor(Duration.ofSeconds(25))
                        .decisionAfter(new Outcome.LockUncertain("timeout"))
                        .action())
                .isEqualTo(new Action.Wait());
    }

    @Test
    void aPromotionThatFailedGivesTheLockUp() {
        assertThat(Cases.aReplica()
                        .ledBy("a")
                        .finished(JobKind.PROMOTE, false)
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isInstanceOf(Action.ReleaseLock.class);
    }

    @Test
    void aPromotionWithoutTheLockIsCutShort() {
        assertThat(Cases.aReplica().running(JobKind.PROMOTE).action()).isEqualTo(new Action.Fence());
    }

    @Test
    void theLockIsRenewedWhileAJobRuns() {
        assertThat(Cases.aReplica().ledBy("a").running(JobKind.PROMOTE).action())
                .isEqualTo(new Action.RenewLock());
    }

    @Test
    void aCrashedPrimaryWithTheLockStartsAgainAfterRenewingIt() {
        Cases crashed = Cases.aLeader().crashedAsPrimary();
        assertThat(crashed.action()).isEqualTo(new Action.RenewLock());
        assertThat(crashed.decisionAfter(Cases.lockHeld()).action()).isEqualTo(new Action.StartAsPrimary());
    }

    /** It died with its machine, and the disk may have lost what was flushed: others may have it. */
    @Test
    void aCrashedPrimaryThatNobodySawRunningIsComparedBeforeItIsPromoted() {
        Cases crashed = Cases.aLeader().crashedAsPrimary();
        crashed.remembering(Memory.EMPTY);
        Decision start = crashed.decisionAfter(Cases.lockHeld());
        assertThat(start.action()).isInstanceOf(Action.StartAsStandby.class);
        assertThat(start.memory().foundDown()).isTrue();

        Cases runs = Cases.aReplica().ledBy("a").lockProvenFor(Duration.ofSeconds(25));
        runs.remembering(start.memory());
        assertThat(runs.decisionAfter(Cases.lockHeld()).action()).isInstanceOf(Action.AskPeers.class);
        assertThat(runs.decisionAfter(Cases.lockHeld(), answer(Cases.HERE)).action())
                .isEqualTo(new Action.Promote());
        Decision behind = runs.decisionAfter(Cases.lockHeld(), answer(new Lsn(Cases.HERE.bytes() + 1)));
        assertThat(behind.action()).isEqualTo(new Action.ReleaseLock(Optional.empty()));
        assertThat(behind.memory().foundDown()).isFalse();
    }

    private static Outcome answer(Lsn position) {
        return new Outcome.PeersAnswered(List.of(Cases.peer("b", position)));
    }

    @Test
    void aPrimaryThatDidNotStartAgainGivesTheLockUp() {
        assertThat(Cases.aLeader()
                        .crashedAsPrimary()
                        .finished(JobKind.START_PRIMARY, false)
                        .action())
                .isInstanceOf(Action.ReleaseLock.class);
    }

    @Test
    void aPrimaryThatStartsForTooLongIsGivenUpIfAnotherCanTakeOver() {
        Cases slow = Cases.aLeader().crashedAsPrimary().runningSince(JobKind.START_PRIMARY, Duration.ofSeconds(301));
        assertThat(slow.decisionAfter(Cases.lockHeld()).action()).isInstanceOf(Action.AskPeers.class);
        Outcome ready = new Outcome.PeersAnswered(java.util.List.of(Cases.peer("b", Cases.HERE)));
        assertThat(slow.decisionAfter(Cases.lockHeld(), ready).action()).isEqualTo(new Action.Fence());
        Outcome nobody = new Outcome.PeersAnswered(java.util.List.of());
        assertThat(slow.decisionAfter(Cases.lockHeld(), nobody).action()).isEqualTo(new Action.Wait());
    }

    @Test
    void aPrimaryOfAnOldTimelineDoesNotStartAgainAsPrimary() {
        assertThat(Cases.aLeader()
                        .crashedAsPrimary()
                        .historyOf(3)
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isInstanceOf(Action.StartAsStandby.class);
    }

    @Test
    void aLeaderWithoutDataGivesTheLockUp() {
        assertThat(Cases.anEmptyNode().ledBy("a").action()).isInstanceOf(Action.ReleaseLock.class);
    }

    @Test
    void withoutTheDcsAPrimaryWorksOnWhileItsLockIsProven() {
        assertThat(Cases.aLeader().dcsUnreachable().decision().rule()).isEqualTo("PrimaryHoldsOn");
    }

    @Test
    void withoutTheDcsAPrimaryStopsBeforeItsLockEnds() {
        assertThat(Cases.aLeader()
                        .dcsUnreachable()
                        .lockProvenFor(Duration.ofSeconds(4))
                        .action())
                .isEqualTo(new Action.Demote(Action.Parting.HURRIED));
    }

    @Test
    void withoutTheDcsAPrimaryThatNeverProvedItsLockStops() {
        Cases adopted = Cases.aReplica().runningAsPrimary().dcsUnreachable().remembering(Memory.EMPTY);
        assertThat(adopted.action()).isEqualTo(new Action.Demote(Action.Parting.HURRIED));
    }
}
