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

    private static Cases lacking() {
        return lackingUpTo(BEFORE);
    }

    private static Cases lackingUpTo(Lsn position) {
        return Cases.aReplica().lackingALogicalSlot(position).firstToCopySlots();
    }

    @Test
    void aStreamingStandbyWithoutThemCopiesThemFromTheLeader() {
        assertThat(lacking().action()).isInstanceOfSatisfying(Action.CopySlots.class, copy -> {
            assertThat(copy.slots()).isEqualTo(List.of("feed"));
            assertThat(copy.leader().name()).isEqualTo("b");
            assertThat(copy.upstream()).contains(copy.leader());
        });
    }

    @Test
    void aSlotAheadOfWhatTheStandbyHasIsNotCopiedYet() {
        assertThat(copies(lackingUpTo(BEYOND))).isFalse();
    }

    @Test
    void oneThatDoesNotStreamIsNotRestartedForIt() {
        assertThat(copies(lacking().notStreaming())).isFalse();
        assertThat(copies(lacking().tagged(Map.of("nostream", true)))).isFalse();
    }

    /** The key stays behind, empty, after each switchover. */
    @Test
    void aRequestThatIsOverIsNotInTheWay() {
        assertThat(copies(lacking().asked(Optional.empty(), Optional.empty(), Optional.empty())))
                .isTrue();
    }

    @Test
    void neitherIsACandidateOfASwitchoverNorANodeInPauseNorOneThatIsNeverPromoted() {
        assertThat(copies(lacking().asked(Optional.of("b"), Optional.of("a"), Optional.empty())))
                .isFalse();
        assertThat(copies(lacking().paused())).isFalse();
        assertThat(copies(lacking().tagged(Map.of("nofailover", true)))).isFalse();
    }

    @Test
    void neitherLeaderNorLeaderlessNodeCopies() {
        assertThat(copies(Cases.aLeader().lackingALogicalSlot(BEFORE).firstToCopySlots()))
                .isFalse();
        assertThat(copies(lacking().unlocked())).isFalse();
    }
}
