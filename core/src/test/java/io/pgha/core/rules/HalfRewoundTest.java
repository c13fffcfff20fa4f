package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.RewindPhase;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Upstream;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After a pg_rewind that did not end well something always comes next (docs/rejoin.md): there is no dead end and no loop. */
class HalfRewoundTest {
    private static final String COMPARED = "remote " + Cases.REMOTE.connUrl();

    @Test
    void theLeaderIsCopied() {
        Decision decision = Cases.aReplica().halfRewound().decision();
        assertThat(decision.action()).isInstanceOf(Action.CreateReplica.class);
        assertThat(decision.reason()).contains("pg_rewind was broken off here", "copying from b");
    }

    /** Whatever it was found to be before: nothing was compared since. */
    @Test
    void inAStandbyClusterToo() {
        for (RewindPhase phase : RewindPhase.values()) {
            Cases replica = remembering(Cases.aReplica().inStandbyCluster().halfRewound(), phase);
            assertThat(source(replica.action())).contains("b");
        }
    }

    @Test
    void aStandbyLeaderGivesTheLockUpAndCopiesWhoTakesItOrTheOtherCluster() {
        Cases leader =
                Cases.aReplica().inStandbyCluster().ledBy("a").halfRewound().lockProvenFor(Duration.ofSeconds(25));
        assertThat(leader.action()).isEqualTo(new Action.ReleaseLock(Optional.empty()));
        assertThat(source(Cases.aReplica()
                        .inStandbyCluster()
                        .ledBy("c")
                        .halfRewound()
                        .action()))
                .contains("c");
        Cases alone = Cases.aReplica().inStandbyCluster().unlocked().halfRewound();
        assertThat(alone.decision().reason()).contains("pg_rewind was broken off here", "no leader to copy from");
        assertThat(leaderless(alone).action()).isEqualTo(new Action.CreateReplica(Optional.of(Cases.REMOTE)));
    }

    @Test
    void noClusterIsBornInItsPlace() {
        Decision decision =
                Cases.aReplica().neverInitialized().unlocked().halfRewound().decision();
        assertThat(decision.rule()).isEqualTo("NoDataYet");
        assertThat(Cases.anEmptyNode().neverInitialized().decision().rule()).isNotEqualTo("NoDataYet");
    }

    @Test
    void inPauseItIsLeftAlone() {
        assertThat(Cases.aReplica().paused().halfRewound().decision().rule()).isEqualTo("DataLeftAloneInPause");
    }

    /** It changed nothing, and the server is down: started as it is this member would lead and never stream. */
    @Test
    void aStandbyLeaderWhosePgRewindFailsMakesRoomForACopy() {
        Cases failed =
                remembering(Cases.aReplica().inStandbyCluster().ledBy("a").down(), RewindPhase.FAILED);
        assertThat(failed.action()).isEqualTo(new Action.ReleaseLock(Optional.empty()));
        Cases waiting =
                remembering(Cases.aReplica().inStandbyCluster().unlocked().down(), RewindPhase.FAILED);
        assertThat(waiting.decision().rule()).isEqualTo("NotRewoundIsReplaced");
        assertThat(waiting.action()).isEqualTo(new Action.Wait());
        assertThat(waiting.decision().reason()).contains("another member should lead", "if none does for a ttl");
        assertThat(leaderless(waiting).action()).isEqualTo(new Action.SetAside(Action.Disposal.RENAME));
        assertThat(leaderless(waiting)
                        .settings(HaSettings.defaults("a", "demo").toBuilder()
                                .removeOnRewindFailure(true)
                                .build())
                        .inStandbyCluster()
                        .action())
                .isEqualTo(new Action.SetAside(Action.Disposal.REMOVE));
        Cases room = Cases.anEmptyNode().inStandbyCluster().unlocked().finished(JobKind.SET_ASIDE, true);
        assertThat(leaderless(room).action()).isEqualTo(new Action.CreateReplica(Optional.of(Cases.REMOTE)));
        assertThat(DataDirectory.EMPTY.takesCopy()).isTrue();
    }

    @Test
    void aStandbyLeaderAheadOfTheOtherClusterSaysSoAndKeepsWhatItHas() {
        Cases ahead = remembering(
                Cases.aReplica()
                        .inStandbyCluster()
                        .ledBy("a")
                        .lockProvenFor(Duration.ofSeconds(25))
                        .notStreaming(),
                RewindPhase.HIDDEN);
        Decision decision = ahead.decisionAfter(Cases.lockHeld());
        assertThat(decision.action()).isEqualTo(new Action.Wait());
        assertThat(decision.reason()).contains("which may have been acknowledged there");
    }

    private static Cases remembering(Cases node, RewindPhase phase) {
        return node.remembering(node.memory().toBuilder()
                .rewind(phase)
                .compared(COMPARED, Cases.now())
                .build());
    }

    private static Cases leaderless(Cases node) {
        return node.remembering(node.memory().toBuilder()
                .leaderlessSince(Optional.of(Cases.now().minus(Duration.ofSeconds(31))))
                .build());
    }

    private static Optional<String> source(Action action) {
        return action instanceof Action.CreateReplica copy ? copy.source().map(Upstream::name) : Optional.empty();
    }
}
