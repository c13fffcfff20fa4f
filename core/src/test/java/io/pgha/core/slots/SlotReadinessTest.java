package io.pgha.core.slots;

import static io.pgha.core.slots.SlotCases.BEFORE;
import static io.pgha.core.slots.SlotCases.aPrimary;
import static io.pgha.core.slots.SlotCases.aStandby;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SlotStatus;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a copy of a logical slot is safe to be used after a failover (facts §5.14, step 9). */
class SlotReadinessTest {
    private static final String LEADER = "b@3";
    private static final SlotReadiness NONE = SlotReadiness.NONE.following(LEADER);

    private static SlotStatus copy(long catalogXmin) {
        return new SlotStatus(
                "feed",
                true,
                Optional.of("app"),
                Optional.of("test_decoding"),
                false,
                Optional.of(BEFORE),
                Optional.of(BEFORE),
                false,
                Optional.of(catalogXmin),
                false,
                false,
                false);
    }

    private static ServerStatus standby(long catalogXmin) {
        return aStandby().with(copy(catalogXmin)).server();
    }

    private static SlotHorizon horizon(long ofStandby, long ofLogical) {
        return new SlotHorizon(Optional.of(ofStandby), Map.of("feed", ofLogical));
    }

    private static SlotReadiness copied() {
        return NONE.seeing(standby(700));
    }

    @Test
    void aCopyIsNotReadyAtFirst() {
        assertThat(copied().names()).containsExactly("feed");
        SlotHorizon nothingKept = new SlotHorizon(Optional.empty(), Map.of("feed", 700L));
        assertThat(copied().hearing(LEADER, nothingKept, standby(700)).names()).containsExactly("feed");
    }

    @Test
    void itIsReadyWhenTheLeaderKeepsForTheStandbyWhatItsOwnSlotKeptUntilThen() {
        assertThat(copied().hearing(LEADER, horizon(700, 700), standby(700)).names())
                .isEmpty();
    }

    @Test
    void aCopyThatNeedsOlderRowsThanTheLeaderKeptHasToCatchUpWithThatMoment() {
        SlotReadiness behind = copied().hearing(LEADER, horizon(700, 750), standby(700));
        assertThat(behind.names()).containsExactly("feed");
        // The leader's slot has moved on since, but that moment counts.
        SlotReadiness moved = behind.hearing(LEADER, horizon(740, 800), standby(740));
        assertThat(moved.names()).containsExactly("feed");
        assertThat(moved.hearing(LEADER, horizon(740, 900), standby(750)).names())
                .isEmpty();
    }

    /** What an idle slot holds back, on the leader and through the copy of it here, is no harm to the others. */
    @Test
    void anIdleSlotNextToItDoesNotKeepACopyFromBeingReady() {
        long idle = 745;
        SlotReadiness consumed = NONE.seeing(standby(1714));
        assertThat(consumed.hearing(LEADER, horizon(idle, 1714), standby(1714)).names())
                .isEmpty();
        SlotReadiness behind = consumed.hearing(LEADER, horizon(idle, 1720), standby(1714));
        assertThat(behind.names()).containsExactly("feed");
        assertThat(behind.hearing(LEADER, horizon(idle, 1800), standby(1720)).names())
                .isEmpty();
    }

    @Test
    void whatTheLeaderKeepsForOthersDoesNotHelpACopyThatNeedsMore() {
        assertThat(copied().hearing(LEADER, horizon(710, 700), standby(700)).names())
                .containsExactly("feed");
    }

    /** Until the leader kept enough, its own slot may have moved on and vacuum may have followed it. */
    @Test
    void theWaitBeginsWhenTheLeaderKeepsEnoughForTheCopyAndAnewWhenItCeasesTo() {
        SlotReadiness tooLittle = copied().hearing(LEADER, horizon(710, 700), standby(700));
        SlotReadiness late = tooLittle.hearing(LEADER, horizon(700, 750), standby(700));
        assertThat(late.names()).containsExactly("feed");
        SlotReadiness broken =
                late.hearing(LEADER, new SlotHorizon(Optional.empty(), Map.of("feed", 800L)), standby(740));
        SlotReadiness again = broken.hearing(LEADER, horizon(700, 800), standby(760));
        assertThat(again.names()).containsExactly("feed");
        assertThat(again.hearing(LEADER, horizon(700, 900), standby(800)).names())
                .isEmpty();
    }

    @Test
    void transactionNumbersGoRound() {
        long last = 0xFFFF_FFF0L;
        SlotReadiness wrapped = NONE.seeing(standby(5));
        assertThat(wrapped.hearing(LEADER, horizon(5, last), standby(5)).names())
                .isEmpty();
        assertThat(wrapped.hearing(LEADER, horizon(last, 5), standby(5)).names())
                .isEmpty();
        SlotReadiness old = NONE.seeing(standby(last));
        assertThat(old.hearing(LEADER, horizon(last, 5), standby(last)).names()).containsExactly("feed");
        assertThat(old.hearing(LEADER, horizon(5, last), standby(last)).names()).containsExactly("feed");
    }

    @Test
    void aRestartMakesACopyUnreadyAndOneThatIsReadyStaysReadyWithoutOne() {
        SlotReadiness ready = copied().hearing(LEADER, horizon(700, 700), standby(700));
        assertThat(ready.seeing(standby(720)).names()).isEmpty();
        SlotReadiness restarted = new SlotReadiness(LEADER, "another start", Map.of()).seeing(standby(720));
        assertThat(restarted.names()).containsExactly("feed");
    }

    @Test
    void onAPrimaryNothingIsUnready() {
        assertThat(copied().seeing(aPrimary().with(copy(700)).server()).names()).isEmpty();
        assertThat(copied().seeing(aStandby().server()).names()).isEmpty();
    }

    /** What the former leader kept, or protected, the new one may have given up before this standby streamed from it. */
    @Test
    void whatAFormerLeaderSaidDoesNotCountWithTheNewOne() {
        SlotReadiness halfway = copied().hearing(LEADER, horizon(600, 900), standby(700));
        assertThat(halfway.hearing(LEADER, horizon(600, 900), standby(900)).names())
                .isEmpty();
        SlotReadiness promoted = halfway.following("c@4");
        assertThat(promoted.hearing("c@4", horizon(600, 950), standby(900)).names())
                .containsExactly("feed");
        assertThat(promoted.hearing(LEADER, horizon(900, 900), standby(900)).names())
                .containsExactly("feed");
        assertThat(promoted.hearing("c@4", horizon(900, 900), standby(900)).names())
                .isEmpty();
    }

    @Test
    void whileNobodyLeadsNothingIsForgotten() {
        SlotReadiness halfway = copied().hearing(LEADER, horizon(600, 900), standby(700));
        assertThat(halfway.following("").following(LEADER)).isEqualTo(halfway);
        assertThat(copied().hearing(LEADER, horizon(700, 700), standby(700))
                        .following("c@4")
                        .names())
                .isEmpty();
    }
}
