package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.OperatorOrders;
import io.pgha.core.decide.Orders;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.ReinitializeOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an ordered new copy leads to (facts §3.8, §5.13; reliability.md S9, 68). */
class ReinitializeTest {
    private static final ReinitializeOrder PLAIN = new ReinitializeOrder(false, false);

    private static Cases ordered(Cases node) {
        return node.ordered(Orders.of(OperatorOrders.reinitialize(PLAIN)));
    }

    private static Outcome answer(PeerAnswer peer) {
        return new Outcome.PeersAnswered(List.of(peer));
    }

    private static String refusal(Action action) {
        assertThat(action).isInstanceOf(Action.RefuseOrder.class);
        return ((Action.RefuseOrder) action).reason();
    }

    @Test
    void theLeaderIsAskedFirst() {
        Cases node = ordered(Cases.aReplica());
        assertThat(node.action()).isInstanceOf(Action.AskPeers.class);
        assertThat(node.decisionAfter(answer(Cases.primary("b", Cases.HERE))).action())
                .isInstanceOfSatisfying(Action.Reinitialize.class, copy -> {
                    assertThat(copy.source().name()).isEqualTo("b");
                    assertThat(copy.oldData()).isEqualTo(Action.OldData.EXPENDABLE);
                });
    }

    @Test
    void aLeaderThatDoesNotAnswerIsNoReasonToThrowDataAway() {
        Cases node = ordered(Cases.aReplica());
        assertThat(refusal(node.decisionAfter(answer(PeerAnswer.unreachable("b", "timed out")))
                        .action()))
                .contains("does not answer");
        assertThat(refusal(
                        node.decisionAfter(answer(Cases.peer("b", Cases.HERE))).action()))
                .contains("not as a primary");
    }

    /** One byte ahead of the leader is one byte that nobody else may have. */
    @ParameterizedTest
    @CsvSource({"-1,KEPT", "0,EXPENDABLE", "1,EXPENDABLE"})
    void oldDataIsExpendableOnlyWhenTheLeaderHasAllOfIt(int ahead, Action.OldData expected) {
        Outcome leader = answer(Cases.primary("b", new Lsn(Cases.HERE.bytes() + ahead)));
        assertThat(ordered(Cases.aReplica()).decisionAfter(leader).action())
                .isInstanceOfSatisfying(
                        Action.Reinitialize.class,
                        copy -> assertThat(copy.oldData()).isEqualTo(expected));
        assertThat(ordered(Cases.aReplica().notStreaming())
                        .decisionAfter(leader)
                        .action())
                .isInstanceOfSatisfying(
                        Action.Reinitialize.class,
                        copy -> assertThat(copy.oldData()).isEqualTo(Action.OldData.KEPT));
        assertThat(ordered(Cases.aReplica().onTimeline(2)).decisionAfter(leader).action())
                .isInstanceOfSatisfying(
                        Action.Reinitialize.class,
                        copy -> assertThat(copy.oldData()).isEqualTo(Action.OldData.KEPT));
    }

    @Test
    void itIsRefusedOnTheLeaderAndWithoutOne() {
        assertThat(refusal(ordered(Cases.aLeader()).action())).contains("is the leader");
        assertThat(refusal(ordered(Cases.aReplica().unlocked()).action())).contains("no leader");
        assertThat(ordered(Cases.aReplica().runningAsPrimary()).action()).isEqualTo(new Action.Fence());
        assertThat(refusal(ordered(Cases.aReplica().dataUnusable()).action())).contains("data directory");
    }

    @Test
    void anEmptyNodeIsCopiedAsOrdered() {
        assertThat(ordered(Cases.anEmptyNode())
                        .decisionAfter(answer(Cases.primary("b", Cases.HERE)))
                        .action())
                .isInstanceOf(Action.Reinitialize.class);
    }

    @ParameterizedTest
    @EnumSource(JobKind.class)
    void onlyForceCancelsAJobAndNotOneThatStopsOrMakesAPrimary(JobKind kind) {
        Cases node = Cases.aReplica().running(kind);
        assertThat(ordered(node).action()).isNotEqualTo(new Action.CancelJob());
        node.ordered(Orders.of(OperatorOrders.reinitialize(new ReinitializeOrder(true, false))));
        boolean sacred = switch (kind) {
            // A start of a primary under another's lock is not cancelled but stopped, with what it has started.
            case DEMOTE, SHUTDOWN, PROMOTE, BOOTSTRAP, POST_BOOTSTRAP, START_PRIMARY -> true;
            default -> false;
        };
        assertThat(node.action().equals(new Action.CancelJob())).isEqualTo(!sacred);
    }

    @Test
    void aCopyCanBeGivenUp() {
        Orders cancel = Orders.of(new OperatorOrders(Optional.empty(), Optional.empty(), Optional.empty(), true));
        assertThat(Cases.aReplica()
                        .running(JobKind.REINITIALIZE)
                        .ordered(cancel)
                        .action())
                .isEqualTo(new Action.CancelJob());
        assertThat(Cases.aReplica().running(JobKind.REWIND).ordered(cancel).action())
                .isEqualTo(new Action.Wait());
    }

    /** The ttl is 30 s. */
    @ParameterizedTest
    @CsvSource({"29,false", "30,true", "31,true"})
    void withoutALeaderTheOldDataIsNeededMore(int seconds, boolean givenUp) {
        Cases node = Cases.aReplica().unlocked().running(JobKind.REINITIALIZE);
        node.remembering(node.memory().toBuilder()
                .leaderlessSince(Optional.of(Cases.now().minus(Duration.ofSeconds(seconds))))
                .build());
        assertThat(node.action().equals(new Action.CancelJob())).isEqualTo(givenUp);
    }
}
