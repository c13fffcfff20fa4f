package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Memory;
import io.pgha.core.decide.Orders;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwitchoverTest {
    private static Cases aLeaderAsked(String from, String to, String at) {
        return Cases.aLeader().asked(optional(from), optional(to), optional(at));
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Outcome answers(PeerAnswer... peers) {
        return new Outcome.PeersAnswered(List.of(peers));
    }

    @Test
    void aLeaderAsksTheCandidateThenStopsWithACheckpoint() {
        Cases leader = aLeaderAsked("a", "c", "").streamingTo("c", "async");
        assertThat(leader.decisionAfter(Cases.lockHeld()).action())
                .isInstanceOfSatisfying(
                        Action.AskPeers.class,
                        ask -> assertThat(ask.members())
                                .singleElement()
                                .satisfies(member -> assertThat(member.name()).isEqualTo("c")));
        assertThat(leader.decisionAfter(Cases.lockHeld(), answers(Cases.peer("c", Cases.HERE)))
                        .action())
                .isEqualTo(new Action.Demote(Action.Parting.PREPARED));
    }

    /** Its lag may be small; but what the shutdown writes would not reach it. */
    @Test
    void aCandidateThatDoesNotStreamDoesNotGetTheLastWal() {
        assertThat(aLeaderAsked("a", "c", "")
                        .decisionAfter(Cases.lockHeld(), answers(Cases.peer("c", Cases.HERE)))
                        .action())
                .isEqualTo(new Action.ClearFailover(77));
        assertThat(aLeaderAsked("", "c", "")
                        .decisionAfter(Cases.lockHeld(), answers(Cases.peer("c", Cases.HERE)))
                        .action())
                .as("a manual failover: the operator answers for what is lost")
                .isEqualTo(new Action.Demote(Action.Parting.PREPARED));
    }

    @Test
    void aRequestThatNobodyCanTakeIsCleared() {
        assertThat(aLeaderAsked("a", "c", "")
                        .decisionAfter(Cases.lockHeld(), answers(PeerAnswer.unreachable("c", "timed out")))
                        .action())
                .isEqualTo(new Action.ClearFailover(77));
    }

    @Test
    void aRequestForAnotherLeaderIsVoid() {
        assertThat(aLeaderAsked("b", "c", "").decisionAfter(Cases.lockHeld()).rule())
                .isEqualTo("SwitchoverRequestIsVoid");
        assertThat(aLeaderAsked("", "a", "").decisionAfter(Cases.lockHeld()).rule())
                .isEqualTo("SwitchoverRequestIsVoid");
    }

    @Test
    void whatIsLeftOfARequestThatWasObeyedDoesNotReadLikeAFailure() {
        assertThat(aLeaderAsked("b", "a", "").decisionAfter(Cases.lockHeld()).reason())
                .isEqualTo("the request to hand over to this member is fulfilled: it leads");
        assertThat(aLeaderAsked("b", "", "").decisionAfter(Cases.lockHeld()).reason())
                .isEqualTo("the request is over: b, which was to hand over, leads no more");
        assertThat(aLeaderAsked("b", "c", "").decisionAfter(Cases.lockHeld()).reason())
                .contains("is void");
    }

    @Test
    void aScheduledSwitchoverWaitsForItsTime() {
        assertThat(aLeaderAsked("a", "c", "2026-11-21T12:00:05+00:00")
                        .decisionAfter(Cases.lockHeld())
                        .rule())
                .isEqualTo("LeadingAsPrimary");
        assertThat(aLeaderAsked("a", "c", "2026-11-21T13:00:00+01:00")
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isInstanceOf(Action.AskPeers.class);
    }

    @Test
    void aScheduleOfThePastOrWithoutAZoneIsVoid() {
        assertThat(aLeaderAsked("a", "c", "2026-11-21T11:59:00+00:00")
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.ClearFailover(77));
        assertThat(aLeaderAsked("a", "c", "2026-11-21T12:30:00")
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.ClearFailover(77));
    }

    private static final Lsn BEFORE = new Lsn(Cases.HERE.bytes() - 80);

    /** A primary that has stopped to hand over, with its last WAL at {@link Cases#HERE}. */
    private static Cases stopped(Cases leader) {
        leader.shutDownAsPrimary().ordered(new Orders(false, Optional.of(Cases.HERE)));
        leader.remembering(leader.memory().toBuilder()
                .handingOver(true)
                .handOverUntil(Optional.of(Cases.now().plus(Duration.ofSeconds(3))))
                .build());
        return leader;
    }

    private static Cases outOfTime(Cases leader) {
        return leader.remembering(leader.memory().toBuilder()
                .handOverUntil(Optional.of(Cases.now()))
                .build());
    }

    @Test
    void aStoppedLeaderGivesTheLockUpOnceTheCandidateHasItsLastWal() {
        Cases leader = stopped(aLeaderAsked("a", "c", ""));
        assertThat(leader.action())
                .isInstanceOfSatisfying(
                        Action.AskPeers.class,
                        ask -> assertThat(ask.members())
                                .extracting(Member::name)
                                .containsExactly("c"));
        assertThat(leader.decisionAfter(answers(Cases.peer("c", Cases.HERE))).action())
                .isEqualTo(new Action.ReleaseLock(Optional.of(Cases.HERE)));
        assertThat(leader.decisionAfter(answers(Cases.peer("c", BEFORE))).action())
                .isEqualTo(new Action.RenewLock());
        assertThat(leader.decisionAfter(answers(Cases.peer("c", BEFORE)), Cases.lockHeld()))
                .satisfies(decision -> assertThat(decision.action()).isEqualTo(new Action.Wait()))
                .satisfies(decision -> assertThat(decision.reason()).contains("c is at", "lacks 80 bytes"));
    }

    @Test
    void withoutANameAnyMemberMayHaveIt() {
        Cases leader = stopped(aLeaderAsked("a", "", ""));
        assertThat(leader.decisionAfter(answers(PeerAnswer.unreachable("b", "timed out"), Cases.peer("c", Cases.HERE)))
                        .action())
                .isEqualTo(new Action.ReleaseLock(Optional.of(Cases.HERE)));
    }

    @Test
    void whatIsBeyondOnAnotherTimelineIsNotTheLastWal() {
        Cases leader = stopped(aLeaderAsked("a", "c", "")).onTimeline(2);
        assertThat(leader.decisionAfter(answers(Cases.peer("c", new Lsn(Cases.HERE.bytes() + 5_000))), Cases.lockHeld())
                        .reason())
                .contains("c is on timeline 1 instead of 2");
    }

    @Test
    void aSwitchoverThatNobodyCanGoOnWithIsCalledOffAndThePrimaryStartsAgain() {
        Cases leader = outOfTime(stopped(aLeaderAsked("a", "", "")));
        PeerAnswer[] without = {PeerAnswer.unreachable("b", "timed out"), Cases.peer("c", BEFORE)};
        Decision calledOff = leader.decisionAfter(answers(without), Cases.lockHeld());
        assertThat(calledOff.action()).isEqualTo(new Action.ClearFailover(77));
        assertThat(calledOff.rule()).isEqualTo("HandOverIsTakenBack");
        assertThat(calledOff.reason())
                .contains("nobody has its last WAL", "b does not answer: timed out", "c is at", "lacks 80 bytes");
        // The next cycle: the request is gone.
        assertThat(outOfTime(stopped(Cases.aLeader()))
                        .decisionAfter(answers(without), Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.StartAsPrimary());
    }

    @Test
    void aLeaderThatDiedAsItStoppedGoesOnItself() {
        Cases died = aLeaderAsked("a", "c", "").crashedAsPrimary();
        died.remembering(died.memory().toBuilder().handingOver(true).build());
        assertThat(died.decisionAfter(Cases.lockHeld()))
                .satisfies(decision -> assertThat(decision.action()).isEqualTo(new Action.ClearFailover(77)))
                .satisfies(decision -> assertThat(decision.reason()).contains("did not stop in order"));
    }

    /** That is what primary_stop_timeout is for: a synchronous standby lacks nothing that was acknowledged. */
    @Test
    void aSynchronousCandidateGoesOnAfterAStopAtOnce() {
        Cases died = aLeaderAsked("a", "c", "").crashedAsPrimary();
        died.synchronous(SyncSettings.defaults(SyncMode.PRIORITY)).sync("a", 0, "c");
        died.remembering(died.memory().toBuilder().handingOver(true).build());
        assertThat(died.action()).isInstanceOf(Action.AskPeers.class);
        assertThat(died.decisionAfter(answers(Cases.peer("c", BEFORE))).action())
                .isEqualTo(new Action.ReleaseLock(Optional.empty()));
        assertThat(died.decisionAfter(answers(PeerAnswer.unreachable("c", "timed out")), Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.ClearFailover(77));
    }

    @Test
    void inAManualFailoverTheOperatorAnswersForWhatIsLost() {
        assertThat(stopped(aLeaderAsked("", "c", "")).action())
                .isEqualTo(new Action.ReleaseLock(Optional.of(Cases.HERE)));
    }

    @Test
    void aPrimaryThatDoesNotStartAgainGivesTheLockUpAfterAll() {
        Cases leader = outOfTime(stopped(Cases.aLeader()));
        leader.remembering(leader.memory().toBuilder().primaryStartFailed(true).build());
        assertThat(leader.action()).isEqualTo(new Action.ReleaseLock(Optional.empty()));
    }

    /** That setting is about crashes. */
    @Test
    void aPrimaryThatWasStoppedInOrderHasTimeToStartAgain() {
        Cases leader = stopped(Cases.aLeader()).settings(Cases.settingsWithLeaderlessMethod());
        leader.running(JobKind.START_PRIMARY);
        assertThat(leader.decisionAfter(Cases.lockHeld()).rule()).isEqualTo("Busy");
        leader.remembering(Memory.EMPTY);
        assertThat(leader.decisionAfter(Cases.lockHeld()).rule()).isEqualTo("PrimaryStartTakesTooLong");
    }

    @Test
    void theTimeIsCountedFromTheEndOfTheStop() {
        Cases leader = aLeaderAsked("a", "c", "").shutDownAsPrimary().finished(JobKind.DEMOTE, true);
        leader.remembering(leader.memory().toBuilder().handingOver(true).build());
        assertThat(leader.situation().memory().handOverUntil())
                .contains(Cases.now().plus(Duration.ofSeconds(5)));
    }

    @Test
    void inPauseItIsTheSame() {
        Cases leader = stopped(aLeaderAsked("a", "c", "")).paused();
        assertThat(leader.decisionAfter(answers(Cases.peer("c", Cases.HERE))).action())
                .isEqualTo(new Action.ReleaseLock(Optional.of(Cases.HERE)));
        assertThat(leader.decisionAfter(answers(Cases.peer("c", BEFORE)), Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.Wait());
        outOfTime(leader);
        assertThat(leader.decisionAfter(answers(Cases.peer("c", BEFORE)), Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.ClearFailover(77));
        assertThat(outOfTime(stopped(Cases.aLeader()).paused())
                        .decisionAfter(answers(Cases.peer("c", BEFORE)), Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.StartAsPrimary());
    }

    @Test
    void theChosenCandidateTakesTheLockWithoutAsking() {
        assertThat(Cases.aReplica()
                        .unlocked()
                        .asked(Optional.of("b"), Optional.of("a"), Optional.empty())
                        .action())
                .isEqualTo(new Action.AcquireLock());
    }

    @Test
    void theOthersLetTheChosenCandidateGoFirstWhileItIsAble() {
        Cases other = Cases.aReplica().unlocked().asked(Optional.of("b"), Optional.of("c"), Optional.empty());
        assertThat(other.decisionAfter(answers(Cases.peer("c", Cases.HERE))).action())
                .isEqualTo(new Action.Wait());
        assertThat(other.decisionAfter(answers(PeerAnswer.unreachable("c", "timed out")))
                        .action())
                .isEqualTo(new Action.AcquireLock());
    }

    @Test
    void theOutgoingLeaderTakesTheLockBackOnlyIfNobodyElseCan() {
        Cases outgoing = Cases.aReplica().unlocked().asked(Optional.of("a"), Optional.empty(), Optional.empty());
        assertThat(outgoing.decisionAfter(answers(Cases.peer("c", Cases.HERE))).action())
                .isEqualTo(new Action.Wait());
        assertThat(outgoing.decisionAfter(answers()).action()).isEqualTo(new Action.AcquireLock());
    }
}
