package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.Decision;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.NameSet;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.Role;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncNames;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import io.pgha.core.sync.SyncPlan;
import io.pgha.core.sync.SyncPromise;
import io.pgha.core.sync.SyncStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Facts §5.8 and §5.16: who may lead in synchronous mode, and who keeps the promise. */
class SynchronousTest {
    private static final SyncSettings PRIORITY = SyncSettings.defaults(SyncMode.PRIORITY);
    private static final SyncSettings QUORUM = SyncSettings.defaults(SyncMode.QUORUM);
    private static final Lsn AHEAD = new Lsn(Cases.HERE.bytes() + 100);

    private static Outcome answers(PeerAnswer... peers) {
        return new Outcome.PeersAnswered(List.of(peers));
    }

    @Test
    void aLeaderBringsTheKeyAndTheNamesInOrder() {
        Decision decision = Cases.aLeader()
                .synchronous(PRIORITY)
                .streamingTo("b", "async")
                .streamingTo("c", "async")
                .decisionAfter(Cases.lockHeld());
        SyncPlan plan = ((Action.SynchronizeStandbys) decision.action()).plan();
        assertThat(plan.steps().subList(0, 2))
                .containsExactly(
                        new SyncStep.WriteSyncKey(SyncPromise.onlyMyself("a")),
                        new SyncStep.SetNames(SyncNames.allOf(NameSet.of("b"))));
    }

    @Test
    void aLeaderWhoseStandbyIsSynchronousHasNothingToDo() {
        assertThat(Cases.aLeader()
                        .synchronous(PRIORITY)
                        .sync("a", 0, "b")
                        .waitingFor("b")
                        .streamingTo("b", "sync")
                        .decisionAfter(Cases.lockHeld())
                        .rule())
                .isEqualTo("LeadingAsPrimary");
    }

    @Test
    void onlyAMemberOfTheKeyRaces() {
        assertThat(Cases.aReplica()
                        .unlocked()
                        .synchronous(PRIORITY)
                        .sync("b", 0, "c")
                        .decision()
                        .rule())
                .isEqualTo("NotACandidate");
        assertThat(Cases.aReplica()
                        .unlocked()
                        .synchronous(PRIORITY)
                        .sync("b", 0, "A")
                        .action())
                .isInstanceOf(Action.AskPeers.class);
    }

    @Test
    void neitherTheLastLeaderNorAStrangerToTheKeyIsInTheWayOfAVoter() {
        Cases voter = Cases.aReplica().unlocked().synchronous(PRIORITY).sync("b", 0, "a");
        Outcome ahead = answers(Cases.peer("b", AHEAD), Cases.peer("c", AHEAD));
        assertThat(voter.decisionAfter(ahead).action()).isEqualTo(new Action.AcquireLock());
    }

    @Test
    void anotherVoterThatIsAheadGoesFirst() {
        Cases voter = Cases.aReplica().unlocked().synchronous(PRIORITY).sync("b", 0, "a", "c");
        assertThat(voter.decisionAfter(answers(Cases.peer("c", AHEAD))).action())
                .isEqualTo(new Action.Wait());
    }

    @Test
    void inQuorumModeACandidateNeedsEnoughVotes() {
        Cases voter = Cases.aReplica().unlocked().synchronous(QUORUM).sync("b", 1, "a", "c");
        assertThat(voter.decisionAfter(answers(PeerAnswer.unreachable("c", "timed out")))
                        .action())
                .isEqualTo(new Action.Wait());
        assertThat(voter.decisionAfter(answers(Cases.peer("c", Cases.HERE))).action())
                .isEqualTo(new Action.AcquireLock());
        assertThat(voter.decisionAfter(answers(Cases.peer("b", AHEAD))).action())
                .as("the last leader is ahead: no vote")
                .isEqualTo(new Action.Wait());
    }

    @Test
    void anOldPositionIsNoVoteButStandsInTheWay() {
        Cases voter = Cases.aReplica().unlocked().synchronous(QUORUM).sync("b", 1, "a", "c");
        assertThat(voter.decisionAfter(answers(old("c", Cases.HERE))).action()).isEqualTo(new Action.Wait());
        Cases enough = Cases.aReplica().unlocked().synchronous(QUORUM).sync("b", 0, "a", "c");
        assertThat(enough.decisionAfter(answers(old("c", Cases.HERE))).action()).isEqualTo(new Action.AcquireLock());
        assertThat(enough.decisionAfter(answers(old("c", AHEAD))).action()).isEqualTo(new Action.Wait());
    }

    private static PeerAnswer old(String name, Lsn position) {
        return new PeerAnswer(name, true, true, position, Timeline.FIRST, false, Tags.NONE, false, Optional.empty());
    }

    @Test
    void aStrangerToTheKeyNeedsOneVoteMore() {
        Cases stranger = Cases.aReplica().unlocked().synchronous(QUORUM).sync("b", 0, "c");
        assertThat(stranger.decisionAfter(answers()).action()).isEqualTo(new Action.Wait());
        assertThat(stranger.decisionAfter(answers(Cases.peer("c", Cases.HERE))).action())
                .isEqualTo(new Action.AcquireLock());
    }

    @Test
    void theLastLeaderNeedsNoVote() {
        Cases last = Cases.aReplica().unlocked().synchronous(QUORUM).sync("a", 1, "b", "c");
        assertThat(last.decisionAfter(answers()).action()).isEqualTo(new Action.AcquireLock());
    }

    @Test
    void aKeyThatAsksForVotesGetsThemWhateverTheMode() {
        Cases voter = Cases.aReplica().unlocked().synchronous(PRIORITY).sync("b", 1, "a", "c");
        assertThat(voter.decisionAfter(answers()).action()).isEqualTo(new Action.Wait());
    }

    @Test
    void aSwitchoverToAMemberOutsideTheKeyIsVoid() {
        Decision decision = Cases.aLeader()
                .synchronous(PRIORITY)
                .sync("a", 0, "b")
                .waitingFor("b")
                .asked(Optional.of("a"), Optional.of("c"), Optional.empty())
                .decisionAfter(Cases.lockHeld());
        assertThat(decision.rule()).isEqualTo("SwitchoverRequestIsVoid");
        assertThat(decision.reason()).contains("key sync does not name c");
    }

    @Test
    void aManualFailoverMayGoToAMemberOutsideTheKey() {
        Cases leader = Cases.aLeader()
                .synchronous(PRIORITY)
                .sync("a", 0, "b")
                .waitingFor("b")
                .asked(Optional.empty(), Optional.of("c"), Optional.empty());
        assertThat(leader.decisionAfter(Cases.lockHeld()).action()).isInstanceOf(Action.AskPeers.class);
        Cases chosen = Cases.aReplica()
                .unlocked()
                .synchronous(PRIORITY)
                .sync("b", 0, "c")
                .asked(Optional.empty(), Optional.of("a"), Optional.empty());
        assertThat(chosen.decision().rule()).isEqualTo("ChosenCandidateTakesTheLock");
        assertThat(chosen.ledBy("a").decisionAfter(Cases.lockHeld()).action()).isEqualTo(new Action.Promote());
    }

    @Test
    void theCandidateOfASwitchoverIsComparedWhereTheKeyAsksForVotes() {
        Cases chosen = Cases.aReplica()
                .unlocked()
                .synchronous(QUORUM)
                .sync("b", 1, "a", "c")
                .asked(Optional.of("b"), Optional.of("a"), Optional.empty());
        assertThat(chosen.action()).isInstanceOf(Action.AskPeers.class);
        assertThat(chosen.decisionAfter(answers(Cases.peer("c", Cases.HERE))).action())
                .isEqualTo(new Action.AcquireLock());
    }

    /** Otherwise they would wait for each other for ever. */
    @Test
    void theCandidateOfASwitchoverGoesBeforeWhoeverIsPreferred() {
        Cases chosen = Cases.aReplica()
                .unlocked()
                .synchronous(QUORUM)
                .sync("b", 1, "a", "c")
                .asked(Optional.of("b"), Optional.of("a"), Optional.empty());
        PeerAnswer preferred = new PeerAnswer(
                "c",
                true,
                true,
                Cases.HERE,
                Timeline.FIRST,
                new Tags(Map.of("failover_priority", 3)),
                false,
                Optional.empty());
        assertThat(chosen.decisionAfter(answers(preferred)).action()).isEqualTo(new Action.AcquireLock());
    }

    @Test
    void aHolderOfTheLockThatTheKeyDoesNotNameGivesItUp() {
        assertThat(Cases.aReplica()
                        .ledBy("a")
                        .synchronous(PRIORITY)
                        .sync("b", 0, "c")
                        .decisionAfter(Cases.lockHeld())
                        .rule())
                .isEqualTo("LeaderLacksCommits");
    }

    /** Its disk lied: what it published is not there, and who has it is named by the key. */
    @Test
    void theLastLeaderThatHasLessThanItPublishedIsNoLongerTakenAtItsWord() {
        Cases whole = Cases.aReplica().unlocked().synchronous(PRIORITY).sync("a", 0, "b");
        assertThat(whole.action()).isInstanceOf(Action.AskPeers.class);
        Cases lacking = Cases.aReplica().unlocked().synchronous(PRIORITY).sync("a", 0, "b");
        lacking.at(new Lsn(Cases.HERE.bytes() - 1));
        assertThat(lacking.decision().reason()).contains("has less WAL than it published");
        Cases alone = Cases.aReplica().unlocked().synchronous(PRIORITY).sync("a", 0);
        alone.at(new Lsn(Cases.HERE.bytes() - 1));
        assertThat(alone.action()).isInstanceOf(Action.AskPeers.class);
        Cases votes = Cases.aReplica().unlocked().synchronous(QUORUM).sync("a", 1, "b", "c");
        votes.at(new Lsn(Cases.HERE.bytes() - 1));
        Outcome behind = answers(Cases.peer("c", new Lsn(Cases.HERE.bytes() - 2)));
        assertThat(votes.decisionAfter(behind).action()).as("one vote of two").isEqualTo(new Action.Wait());
    }

    /** Its agent died between lock and promotion, and the failover that it was ordered to is taken back. */
    @Test
    void aHolderOfTheLockCollectsVotesAgainBeforeItIsPromoted() {
        Cases holder = Cases.aReplica().ledBy("a").synchronous(QUORUM).sync("b", 1, "a", "c");
        assertThat(holder.decisionAfter(Cases.lockHeld()).action())
                .isInstanceOfSatisfying(
                        Action.AskPeers.class,
                        ask -> assertThat(ask.members())
                                .extracting(Member::name)
                                .containsExactly("b", "c"));
        assertThat(holder.decisionAfter(Cases.lockHeld(), answers(Cases.peer("c", Cases.HERE)))
                        .action())
                .isEqualTo(new Action.Promote());
        assertThat(holder.decisionAfter(Cases.lockHeld(), answers(Cases.peer("c", new Lsn(Cases.HERE.bytes() + 1))))
                        .action())
                .as("another voter is ahead")
                .isEqualTo(new Action.ReleaseLock(Optional.empty()));
        assertThat(holder.decisionAfter(Cases.lockHeld(), answers(PeerAnswer.unreachable("c", "timed out")))
                        .reason())
                .as("nobody votes")
                .contains("has to be compared with 1");
        assertThat(holder.paused()
                        .asked(Optional.of("b"), Optional.of("a"), Optional.empty())
                        .decisionAfter(Cases.lockHeld(), answers())
                        .action())
                .as("in pause, too")
                .isEqualTo(new Action.ReleaseLock(Optional.empty()));
    }

    @Test
    void nobodyIsAskedTwiceInARaceOrForWhatIsOrderedOrOneself() {
        Cases winner = Cases.aReplica().unlocked().synchronous(QUORUM).sync("b", 1, "a", "c");
        assertThat(winner.decisionAfter(answers(Cases.peer("c", Cases.HERE)), Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.Promote());
        Cases ordered = Cases.aReplica()
                .ledBy("a")
                .synchronous(QUORUM)
                .sync("b", 1, "a", "c")
                .asked(Optional.empty(), Optional.of("a"), Optional.empty());
        assertThat(ordered.decisionAfter(Cases.lockHeld()).action()).isEqualTo(new Action.Promote());
        Cases itself = Cases.aReplica().ledBy("a").synchronous(QUORUM).sync("a", 1, "b", "c");
        assertThat(itself.decisionAfter(Cases.lockHeld()).action()).isEqualTo(new Action.Promote());
    }

    @Test
    void aPrimaryThatAnotherOneHasFollowedIsStopped() {
        assertThat(Cases.aReplica()
                        .runningAsPrimary()
                        .unlocked()
                        .synchronous(PRIORITY)
                        .sync("b", 0, "c")
                        .action())
                .isInstanceOf(Action.Fence.class);
    }

    /** Found by the simulator: the other voter was tagged nofailover, and nobody could lead. */
    @Test
    void whoMayNotLeadHasAVoteAllTheSame() {
        Tags never = new Tags(Map.of("nofailover", true));
        Cases voter = Cases.aReplica()
                .unlocked()
                .with(Cases.member("c", Role.REPLICA, never))
                .synchronous(QUORUM)
                .sync("b", 1, "a", "c");
        assertThat(((Action.AskPeers) voter.action()).members())
                .extracting(Member::name)
                .contains("c");
        PeerAnswer asFar = new PeerAnswer("c", true, true, Cases.HERE, Timeline.FIRST, never, false, Optional.empty());
        assertThat(voter.decisionAfter(new Outcome.PeersAnswered(List.of(asFar)))
                        .action())
                .isEqualTo(new Action.AcquireLock());
        PeerAnswer ahead = new PeerAnswer(
                "c", true, true, new Lsn(Cases.HERE.bytes() + 1), Timeline.FIRST, never, false, Optional.empty());
        assertThat(voter.decisionAfter(new Outcome.PeersAnswered(List.of(ahead)))
                        .action())
                .isEqualTo(new Action.Wait());
    }
}
