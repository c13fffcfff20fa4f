package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Memory;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    void oneStandbyRestartsAfterTheOther() {
        Duration loopWait = Cases.aReplica().situation().settings().loopWait();
        Cases second = lacking().with(streaming("0"));
        Decision waits = second.decision();
        assertThat(waits.action()).isInstanceOf(Action.Wait.class);
        assertThat(waits.reason()).contains("lacks the logical slots feed", "go first: 0");
        assertThat(waits.memory().noSlotCopyUntil()).contains(Cases.NOW.plus(loopWait.multipliedBy(2)));
        assertThat(copies(second.remembering(waits.memory()))).isFalse();
        assertThat(copies(second.remembering(dueAt(Cases.NOW)))).isTrue();
        assertThat(lacking()
                        .with(streaming("0"))
                        .with(streaming("1"))
                        .decision()
                        .memory()
                        .noSlotCopyUntil())
                .contains(Cases.NOW.plus(loopWait.multipliedBy(4)));
        MonotonicTime longAgo = Cases.NOW.minus(Duration.ofHours(1));
        assertThat(copies(second.remembering(dueAt(longAgo)))).isFalse();
    }

    @Test
    void whoeverComesFirstOrIsAloneDoesNotWait() {
        assertThat(copies(lacking().with(streaming("z")))).isTrue();
        assertThat(copies(lacking()
                        .with(new MemberBuilder("0")
                                .state(PostgresState.RUNNING)
                                .build())))
                .isTrue();
        assertThat(copies(lacking()
                        .with(new MemberBuilder("0")
                                .state(PostgresState.STOPPED)
                                .build())))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPING", "RESTARTING", "STARTING"})
    void nobodyRestartsWhileAnotherStandbyDoes(PostgresState state) {
        MemberBuilder other = new MemberBuilder("z").state(state);
        Decision waits =
                lacking().with(other.build()).remembering(dueAt(Cases.NOW)).decision();
        assertThat(waits.action()).isInstanceOf(Action.Wait.class);
        assertThat(waits.reason()).contains("waiting until z has restarted");
        Member unfit = other.tags(new Tags(Map.of("nofailover", true))).build();
        assertThat(copies(lacking().with(unfit))).isTrue();
    }

    private static Cases lacking() {
        return Cases.aReplica().lackingALogicalSlot(BEFORE);
    }

    private static Member streaming(String name) {
        return new MemberBuilder(name)
                .state(PostgresState.RUNNING)
                .replicationState("streaming")
                .build();
    }

    private static Memory dueAt(MonotonicTime time) {
        return Memory.EMPTY.toBuilder().noSlotCopyUntil(time).build();
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
