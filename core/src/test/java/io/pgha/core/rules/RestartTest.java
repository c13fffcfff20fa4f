package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.OperatorOrders;
import io.pgha.core.decide.Orders;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an ordered or scheduled restart leads to (facts §5.13). */
class RestartTest {
    private static Cases ordered(Cases node) {
        return node.ordered(Orders.of(OperatorOrders.restart(RestartOrder.PLAIN)));
    }

    private static Cases scheduled(Cases node, int seconds) {
        return node.ordered(Orders.of(OperatorOrders.scheduled(Cases.scheduled(RestartOrder.PLAIN, seconds))));
    }

    @Test
    void aStandbyIsRestartedAsOne() {
        assertThat(ordered(Cases.aReplica()).action()).isInstanceOfSatisfying(Action.Restart.class, restart -> {
            assertThat(restart.as()).isEqualTo(Role.REPLICA);
            assertThat(restart.upstream()).isPresent();
        });
    }

    @Test
    void aLeaderProvesItsLockFirst() {
        assertThat(ordered(Cases.aLeader()).action()).isEqualTo(new Action.RenewLock());
        assertThat(ordered(Cases.aLeader()).decisionAfter(Cases.lockHeld()).action())
                .isEqualTo(new Action.Restart(RestartOrder.PLAIN, Role.PRIMARY, Optional.empty()));
        assertThat(ordered(Cases.aLeader())
                        .decisionAfter(new Outcome.LockRefused("held by c"))
                        .rule())
                .isEqualTo("LeaderLostItsLock");
    }

    @Test
    void aPrimaryUnderAnothersLockIsStoppedAndNotRestarted() {
        assertThat(ordered(Cases.aReplica().runningAsPrimary()).action()).isEqualTo(new Action.Fence());
    }

    @Test
    void aStandbyIsNotTakenAwayWhileNobodyLeads() {
        assertThat(ordered(Cases.aReplica().unlocked()).action()).isNotInstanceOf(Action.Restart.class);
    }

    @ParameterizedTest
    @CsvSource({"PRIMARY,,false", "STANDBY_LEADER,,false", "REPLICA,150018,false", "REPLICA,150017,false", ",,true"})
    void conditionsThatDoNotHoldRefuseIt(Role role, Integer below, boolean pending) {
        RestartOrder order = new RestartOrder(
                Optional.ofNullable(role),
                below == null ? OptionalInt.empty() : OptionalInt.of(below),
                pending,
                Optional.empty());
        assertThat(Cases.aReplica()
                        .ordered(Orders.of(OperatorOrders.restart(order)))
                        .action())
                .isInstanceOf(Action.RefuseOrder.class);
    }

    @Test
    void aServerOneBelowTheVersionIsRestarted() {
        RestartOrder order =
                new RestartOrder(Optional.of(Role.REPLICA), OptionalInt.of(150019), false, Optional.empty());
        assertThat(Cases.aReplica()
                        .ordered(Orders.of(OperatorOrders.restart(order)))
                        .action())
                .isInstanceOf(Action.Restart.class);
    }

    /** loop_wait is 10 s: later than 15 s is too late (facts §5.11, §5.13). */
    @ParameterizedTest
    @CsvSource({"1,Following", "0,RestartOrdered", "-15,RestartOrdered", "-16,ScheduledRestartIsVoid"})
    void aScheduleIsObeyedFromItsTimeUntilOneAndAHalfLoopWaitLater(int seconds, String rule) {
        assertThat(scheduled(Cases.aReplica(), seconds).decision().rule()).isEqualTo(rule);
    }

    @Test
    void aScheduleForAnEarlierStartOfTheServerIsVoid() {
        Cases node = Cases.aReplica();
        node.ordered(Orders.of(OperatorOrders.scheduled(
                Cases.scheduled(RestartOrder.PLAIN, 3600, "2026-01-01 00:00:00.000000+00:00"))));
        assertThat(node.action())
                .isInstanceOfSatisfying(
                        Action.RefuseOrder.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(Action.OrderKind.SCHEDULED_RESTART));
    }

    @Test
    void aPrimaryThatDidNotComeUpGivesTheLockUp() {
        Cases node = Cases.aLeader().crashedAsPrimary().finished(JobKind.RESTART, false);
        assertThat(node.action()).isInstanceOf(Action.ReleaseLock.class);
        Cases standby = Cases.aReplica().down().finished(JobKind.RESTART, false);
        assertThat(standby.action()).isEqualTo(new Action.Wait());
    }

    /** Found by the simulator: the leader key was deleted in a restart, another member led, and both took writes. */
    @Test
    void aPrimaryThatLostItsLockInARestartIsNotStarted() {
        Cases node = Cases.aReplica().crashedAsPrimary().running(JobKind.RESTART);
        assertThat(node.decision().rule()).isEqualTo("LockLostWhileBusy");
        assertThat(node.action()).isEqualTo(new Action.Fence());
        Cases standby = Cases.aReplica().down().running(JobKind.RESTART);
        assertThat(standby.action()).isEqualTo(new Action.Wait());
    }

    /** primary_start_timeout is 300 s; a timeout that was ordered goes before it. */
    @ParameterizedTest
    @CsvSource({"299,,false", "300,,true", "301,,true", "4,5,false", "5,5,true"})
    void aPrimaryThatTakesTooLongToStartIsGivenUpWhenAnotherCanTakeOver(int age, Integer ordered, boolean gone) {
        Cases node = Cases.aLeader().starting().running(JobKind.RESTART);
        node.remembering(node.memory().toBuilder()
                .wasPrimary(true)
                .restartTimeout(Optional.ofNullable(ordered).map(Duration::ofSeconds))
                .startingSince(Optional.of(Cases.now().minus(Duration.ofSeconds(age))))
                .build());
        Outcome able = new Outcome.PeersAnswered(List.of(Cases.peer("c", Cases.HERE)));
        assertThat(node.decisionAfter(Cases.lockHeld()).action() instanceof Action.AskPeers)
                .isEqualTo(gone);
        if (gone) {
            assertThat(node.decisionAfter(Cases.lockHeld(), able).action()).isEqualTo(new Action.Fence());
            Outcome behind = new Outcome.PeersAnswered(List.of(Cases.peer("c", new Lsn(1))));
            assertThat(node.decisionAfter(Cases.lockHeld(), behind).action()).isEqualTo(new Action.Wait());
        }
    }

    @Test
    void inPauseARestartIsObeyedAndAScheduleIsNot() {
        assertThat(ordered(Cases.aReplica().paused()).action()).isInstanceOf(Action.Restart.class);
        assertThat(ordered(Cases.aReplica().unlocked().paused()).action()).isInstanceOf(Action.Restart.class);
        assertThat(ordered(Cases.aLeader().paused())
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isInstanceOf(Action.Restart.class);
        assertThat(scheduled(Cases.aReplica().paused(), 0).action()).isNotInstanceOf(Action.Restart.class);
    }
}
