package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.model.Lsn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a standby is restarted for the sake of logical slots (facts §5.14). */
class LogicalSlotsMissingTest {
    private static final Lsn BEFORE = new Lsn(Cases.HERE.bytes() - 1000);
    private static final Lsn BEYOND = new Lsn(Cases.HERE.bytes() + 1000);

    private static boolean copies(Cases node) {
        return node.action() instanceof Action.CopySlots;
    }

    @Test
    void aStreamingStandbyWithoutThemCopiesThemFromTheLeader() {
        assertThat(Cases.aReplica().lackingALogicalSlot(BEFORE).action())
                .isInstanceOfSatisfying(Action.CopySlots.class, copy -> {
                    assertThat(copy.slots()).isEqualTo(List.of("feed"));
                    assertThat(copy.leader().name()).isEqualTo("b");
                    assertThat(copy.upstream()).contains(copy.leader());
                });
    }

    @Test
    void aSlotAheadOfWhatTheStandbyHasIsNotCopiedYet() {
        assertThat(copies(Cases.aReplica().lackingALogicalSlot(BEYOND))).isFalse();
    }

    @Test
    void oneThatDoesNotStreamIsNotRestartedForIt() {
        assertThat(copies(Cases.aReplica().lackingALogicalSlot(BEFORE).notStreaming()))
                .isFalse();
        assertThat(copies(Cases.aReplica().lackingALogicalSlot(BEFORE).tagged(Map.of("nostream", true))))
                .isFalse();
    }

    /** The key stays behind, empty, after each switchover. */
    @Test
    void aRequestThatIsOverIsNotInTheWay() {
        assertThat(copies(Cases.aReplica()
                        .lackingALogicalSlot(BEFORE)
                        .asked(Optional.empty(), Optional.empty(), Optional.empty())))
                .isTrue();
    }

    @Test
    void neitherIsACandidateOfASwitchoverNorANodeInPauseNorOneThatIsNeverPromoted() {
        assertThat(copies(Cases.aReplica()
                        .lackingALogicalSlot(BEFORE)
                        .asked(Optional.of("b"), Optional.of("a"), Optional.empty())))
                .isFalse();
        assertThat(copies(Cases.aReplica().lackingALogicalSlot(BEFORE).paused()))
                .isFalse();
        assertThat(copies(Cases.aReplica().lackingALogicalSlot(BEFORE).tagged(Map.of("nofailover", true))))
                .isFalse();
    }

    @Test
    void neitherLeaderNorLeaderlessNodeCopies() {
        assertThat(copies(Cases.aLeader().lackingALogicalSlot(BEFORE))).isFalse();
        assertThat(copies(Cases.aReplica().unlocked().lackingALogicalSlot(BEFORE)))
                .isFalse();
    }
}
