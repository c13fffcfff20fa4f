package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.RewindPhase;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.JobEnding;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.Role;
import io.pgha.core.model.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowingTest {
    @Test
    void aReplicaInPeaceIsLeftInPeace() {
        assertThat(Cases.aReplica().decision().rule()).isEqualTo("Following");
    }

    @Test
    void aPrimaryUnderAnothersLockIsStoppedAtOnce() {
        assertThat(Cases.aReplica().runningAsPrimary().action()).isEqualTo(new Action.Fence());
    }

    @Test
    void aServerThatMayTakeWritesIsNotTrustedForItsSilence() {
        assertThat(Cases.aReplica().runningAsPrimary().silent().action()).isEqualTo(new Action.Fence());
    }

    @Test
    void aReplicaIsPointedAtTheNewLeader() {
        assertThat(Cases.aReplica().following(false).action())
                .isInstanceOfSatisfying(
                        Action.Follow.class,
                        follow -> assertThat(follow.upstream().orElseThrow().name())
                                .isEqualTo("b"));
    }

    /** After an outage of the DCS the leader's lock comes back a moment before its member key. */
    @Test
    void aReplicaGoesOnStreamingWhileTheLeadersAddressIsMissing() {
        assertThat(Cases.aReplica().ledBy("d").following(false).action()).isNotInstanceOf(Action.Follow.class);
        assertThat(Cases.aReplica()
                        .ledBy("d")
                        .tagged(Map.of("nostream", true))
                        .following(false)
                        .action())
                .isEqualTo(new Action.Follow(Optional.empty()));
    }

    @Test
    void aCascadingReplicaFollowsTheMemberOfItsTag() {
        assertThat(Cases.aReplica()
                        .tagged(Map.of("replicatefrom", "c"))
                        .following(false)
                        .action())
                .isInstanceOfSatisfying(
                        Action.Follow.class,
                        follow -> assertThat(follow.upstream().orElseThrow().name())
                                .isEqualTo("c"));
    }

    @Test
    void aReplicaThatDoesNotStreamComparesItsHistory() {
        assertThat(Cases.aReplica().notStreaming().action()).isInstanceOf(Action.CheckDivergence.class);
    }

    @Test
    void anEmptyNodeCopiesTheLeader() {
        assertThat(Cases.anEmptyNode().action())
                .isInstanceOfSatisfying(
                        Action.CreateReplica.class,
                        copy -> assertThat(copy.source().orElseThrow().name()).isEqualTo("b"));
    }

    @Test
    void anEmptyNodePrefersAReplicaTaggedClonefrom() {
        assertThat(Cases.anEmptyNode()
                        .with(Cases.member("c", Role.REPLICA, new Tags(Map.of("clonefrom", true))))
                        .action())
                .isInstanceOfSatisfying(
                        Action.CreateReplica.class,
                        copy -> assertThat(copy.source().orElseThrow().name()).isEqualTo("c"));
    }

    @Test
    void aCopyThatFailedIsNotRepeatedAtOnce() {
        assertThat(Cases.anEmptyNode().finished(JobKind.CLONE, false).decision().rule())
                .isEqualTo("NoDataYet");
    }

    @Test
    void anOldPrimaryRecoversThenComparesThenStarts() {
        Cases crashed = Cases.aReplica().crashedAsPrimary();
        assertThat(crashed.action()).isEqualTo(new Action.CrashRecover());
        Cases recovered = Cases.aReplica().shutDownAsPrimary();
        assertThat(recovered.action()).isInstanceOf(Action.CheckDivergence.class);
        Cases compared = Cases.aReplica().shutDownAsPrimary();
        compared.remembering(compared.memory().toBuilder()
                .rewind(RewindPhase.NOT_NEEDED)
                .compared("b@1", Cases.now())
                .build());
        assertThat(compared.action()).isInstanceOf(Action.StartAsStandby.class);
    }

    @Test
    void aDivergedServerIsWoundBack() {
        assertThat(diverged(RewindPhase.NEEDED).action()).isInstanceOf(Action.Rewind.class);
    }

    @Test
    void aDivergedServerThatCannotBeWoundBackMakesPlace() {
        assertThat(diverged(RewindPhase.NEEDED).withoutRewind().action())
                .isEqualTo(new Action.SetAside(Action.Disposal.RENAME));
        assertThat(diverged(RewindPhase.FAILED).action()).isEqualTo(new Action.SetAside(Action.Disposal.RENAME));
    }

    /** On the leader's own timeline pg_rewind sees no difference; and what the leader lost was perhaps acknowledged. */
    @Test
    void whatIsAheadOfTheLeaderOnItsTimelineIsKeptAndMakesPlace() {
        Cases ahead = diverged(RewindPhase.HIDDEN).settings(Cases.settingsWithLeaderlessMethod());
        assertThat(ahead.action()).isEqualTo(new Action.SetAside(Action.Disposal.RENAME));
        Cases found = Cases.aReplica();
        JobStatus.Finished compared = new JobStatus.Finished(
                JobKind.CHECK_DIVERGENCE,
                JobEnding.DONE,
                "",
                Optional.of(new Divergence.Hidden("the local position is ahead of the leader's")));
        Decision decision = found.reported(compared).decision();
        assertThat(decision.action()).isEqualTo(new Action.SetAside(Action.Disposal.RENAME));
        assertThat(decision.reason()).startsWith("the local position is ahead of the leader's");
    }

    /** A failure is followed by a copy with that reason; what waits is tried again, and changes nothing. */
    @Test
    void aRewindThatFailedLeadsToACopyAndOneThatWaitsIsTriedAgain() {
        Cases failed = diverged(RewindPhase.NEEDED).ended(JobKind.REWIND, JobEnding.FAILED);
        assertThat(failed.action()).isEqualTo(new Action.SetAside(Action.Disposal.RENAME));
        assertThat(failed.decision().reason()).startsWith("because: ").contains("then a new copy is made");
        assertThat(diverged(RewindPhase.NEEDED)
                        .ended(JobKind.REWIND, JobEnding.DONE)
                        .action())
                .isInstanceOf(Action.StartAsStandby.class);
        for (JobEnding ending : List.of(JobEnding.POSTPONED, JobEnding.CANCELLED)) {
            Cases waiting = diverged(RewindPhase.NEEDED).ended(JobKind.REWIND, ending);
            assertThat(waiting.action()).isEqualTo(new Action.Wait());
            assertThat(waiting.decision().reason()).endsWith("because");
            assertThat(waiting.situation().memory().rewind()).isEqualTo(RewindPhase.NEEDED);
        }
        assertThat(diverged(RewindPhase.NEEDED).withoutRewind().decision().reason())
                .contains("use_pg_rewind is off", "is set aside, then a new copy is made");
    }

    @Test
    void aServerThatTakesWritesIsStoppedBeforeItsHistoryIsMended() {
        for (RewindPhase phase : List.of(RewindPhase.NEEDED, RewindPhase.FAILED)) {
            Cases writing = Cases.aReplica().runningAsPrimary();
            writing.remembering(writing.memory().toBuilder()
                    .rewind(phase)
                    .compared("b@1", Cases.now())
                    .build());
            assertThat(writing.action()).isEqualTo(new Action.Fence());
        }
    }

    private static Cases diverged(RewindPhase phase) {
        Cases node = Cases.aReplica().shutDownAsPrimary();
        return node.remembering(node.memory().toBuilder()
                .rewind(phase)
                .compared("b@1", Cases.now())
                .build());
    }

    @Test
    void foreignDataEndsTheAgent() {
        assertThat(Cases.aReplica().ofSystem("7999999999999999999").action()).isEqualTo(new Action.Exit(1));
    }

    @Test
    void unusableDataIsLeftAlone() {
        assertThat(Cases.aReplica().down().dataUnusable().action()).isEqualTo(new Action.Wait());
    }
}
