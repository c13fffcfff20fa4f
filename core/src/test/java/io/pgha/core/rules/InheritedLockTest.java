package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.PeerAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The leader key carries the name of a member that has no proof of the lock: from an earlier life, or from an older snapshot of etcd. */
class InheritedLockTest {
    private static final Action GIVEN_UP = new Action.ReleaseLock(Optional.empty());

    private static Outcome answer(PeerAnswer peer) {
        return new Outcome.PeersAnswered(List.of(peer));
    }

    @Test
    void aStandbyWithoutAProofGivesItUpAndHasToWinIt() {
        Cases standby = Cases.aReplica().ledBy("a");
        assertThat(standby.decision().rule()).isEqualTo("InheritedLockIsGivenUp");
        assertThat(standby.action()).isEqualTo(GIVEN_UP);
        assertThat(standby.lockProvenFor(Duration.ofSeconds(-1)).action()).isEqualTo(GIVEN_UP);
    }

    @Test
    void aStandbyThatIsBeingRewoundDoesNotKeepIt() {
        assertThat(Cases.aReplica().ledBy("a").running(JobKind.REWIND).action()).isEqualTo(GIVEN_UP);
    }

    @Test
    void aPrimaryThatRunsKeepsIt() {
        assertThat(Cases.aReplica().ledBy("a").runningAsPrimary().action()).isEqualTo(new Action.RenewLock());
    }

    @Test
    void aPrimaryThatWentDownAsksWhetherAnotherIsPrimary() {
        Cases crashed = Cases.aReplica().ledBy("a").crashedAsPrimary();
        assertThat(crashed.action()).isInstanceOf(Action.AskPeers.class);
        assertThat(crashed.decisionAfter(answer(Cases.primary("b", Cases.HERE))).action())
                .isEqualTo(GIVEN_UP);
        assertThat(crashed.decisionAfter(answer(Cases.peer("b", Cases.HERE))).action())
                .isEqualTo(new Action.RenewLock());
    }

    @Test
    void theLeaderOfAStandbyClusterKeepsIt() {
        assertThat(Cases.aReplica().ledBy("a").inStandbyCluster().decision().rule())
                .isNotEqualTo("InheritedLockIsGivenUp");
    }
}
