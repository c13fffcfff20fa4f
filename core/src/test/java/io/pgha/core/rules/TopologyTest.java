package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.FollowTarget;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Role;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the tags of members do to who follows, leads and is copied (facts §2.10). */
class TopologyTest {
    private static final Map<String, Object> FROM_C = Map.of("replicatefrom", "c");

    @Test
    void aCascadingMemberFollowsTheLeaderWhenItsUpstreamIsAway() {
        assertThat(upstream(Cases.aReplica().tagged(Map.of("replicatefrom", "gone"))))
                .contains("b");
    }

    @Test
    void nobodyFollowsItself() {
        assertThat(upstream(Cases.aReplica().tagged(Map.of("replicatefrom", "a"))))
                .contains("b");
    }

    @Test
    void membersThatNameEachOtherFollowTheLeader() {
        Cases circle = Cases.aReplica()
                .tagged(FROM_C)
                .with(Cases.member("c", Role.REPLICA, new Tags(Map.of("replicatefrom", "a"))));
        assertThat(upstream(circle)).contains("b");
    }

    @Test
    void aMemberBelowACircleStillFollowsTheOneThatItNames() {
        Cases below = Cases.aReplica()
                .tagged(FROM_C)
                .with(Cases.member("c", Role.REPLICA, new Tags(Map.of("replicatefrom", "d"))))
                .with(Cases.member("d", Role.REPLICA, new Tags(Map.of("replicatefrom", "c"))));
        assertThat(upstream(below)).contains("c");
    }

    @Test
    void aLeadersTagIsForTheTimeAfter() {
        Cases underLeader = Cases.aReplica()
                .tagged(Map.of("replicatefrom", "b"))
                .with(Cases.member("b", Role.PRIMARY, new Tags(Map.of("replicatefrom", "a"))));
        assertThat(upstream(underLeader)).contains("b");
    }

    @Test
    void aMemberTaggedNostreamFollowsNobodyButMayLead() {
        Cases archived = Cases.aReplica().tagged(Map.of("nostream", true)).notStreaming();
        assertThat(upstream(archived)).isEmpty();
        assertThat(Cases.aReplica()
                        .tagged(Map.of("nostream", true))
                        .unlocked()
                        .decisionAfter(new Outcome.PeersAnswered(List.of()))
                        .action())
                .isEqualTo(new Action.AcquireLock());
    }

    @Test
    void failoverPriorityDecidesBetweenEquals() {
        assertThat(racingAgainst(2).rule()).isEqualTo("HealthiestTakesTheLock");
        assertThat(racingAgainst(2).action()).isEqualTo(new Action.Wait());
        assertThat(racingAgainst(1).action()).isEqualTo(new Action.AcquireLock());
        assertThat(racingAgainst(0).action()).isEqualTo(new Action.AcquireLock());
    }

    private static io.pgha.core.decide.Decision racingAgainst(int priority) {
        PeerAnswer equal = new PeerAnswer(
                "c",
                true,
                true,
                Cases.HERE,
                Timeline.FIRST,
                new Tags(Map.of("failover_priority", priority)),
                false,
                Optional.empty());
        return Cases.aReplica().unlocked().decisionAfter(new Outcome.PeersAnswered(List.of(equal)));
    }

    @Test
    void aPriorityOfZeroIsNofailoverUnlessThatIsSaidOtherwise() {
        assertThat(Cases.aReplica()
                        .unlocked()
                        .tagged(Map.of("failover_priority", 0))
                        .decision()
                        .rule())
                .isEqualTo("NotACandidate");
        assertThat(Cases.aReplica()
                        .unlocked()
                        .tagged(Map.of("failover_priority", 0, "nofailover", false))
                        .decision()
                        .rule())
                .isEqualTo("AskBeforeRacing");
    }

    @Test
    void aNodeTaggedNofailoverNeverInitialisesACluster() {
        assertThat(Cases.anEmptyNode()
                        .neverInitialized()
                        .tagged(Map.of("nofailover", true))
                        .action())
                .isEqualTo(new Action.Wait());
    }

    @Test
    void onlyARunningMemberTaggedClonefromIsCopied() {
        Cases stopped = Cases.anEmptyNode()
                .with(Cases.member("c", Role.REPLICA, new Tags(Map.of("clonefrom", true))).toBuilder()
                        .state(PostgresState.STOPPED)
                        .build());
        assertThat(stopped.action())
                .isInstanceOfSatisfying(
                        Action.CreateReplica.class,
                        copy -> assertThat(copy.source().map(Upstream::name)).contains("b"));
    }

    private static Optional<String> upstream(Cases node) {
        var situation = node.at(new Lsn(Cases.HERE.bytes())).situation();
        return FollowTarget.of(situation.view(), situation.settings()).map(Upstream::name);
    }
}
