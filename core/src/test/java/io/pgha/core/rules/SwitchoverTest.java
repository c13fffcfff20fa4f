package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.PeerAnswer;
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

    @Test
    void aStoppedLeaderThatHandsOverGivesTheLockUpInsteadOfStartingAgain() {
        Cases stopped = aLeaderAsked("a", "c", "").shutDownAsPrimary().finished(JobKind.DEMOTE, true);
        stopped.remembering(stopped.memory().toBuilder().handingOver(true).build());
        assertThat(stopped.action()).isInstanceOf(Action.ReleaseLock.class);
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
