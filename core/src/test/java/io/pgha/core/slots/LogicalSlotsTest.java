package io.pgha.core.slots;

import static io.pgha.core.slots.SlotCases.BEFORE;
import static io.pgha.core.slots.SlotCases.BEYOND;
import static io.pgha.core.slots.SlotCases.HERE;
import static io.pgha.core.slots.SlotCases.LOGICAL;
import static io.pgha.core.slots.SlotCases.LONG_AGO;
import static io.pgha.core.slots.SlotCases.aPrimary;
import static io.pgha.core.slots.SlotCases.aStandby;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.SlotStatus;
import io.pgha.core.model.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of permanent logical slots (facts §5.14). */
class LogicalSlotsTest {
    private static final Timeline SECOND = new Timeline(2);

    private static SlotCases standby() {
        return aStandby().withMemberSlots().permanent("feed", LOGICAL);
    }

    private static SlotCases standbyWithCopy(Lsn at) {
        return standby().with(SlotStatus.logical("feed", LOGICAL, at));
    }

    private static LogicalSlotPlan logical(SlotCases node) {
        return node.planner().logical();
    }

    private static LogicalSlotPlan moving(Lsn to) {
        return new LogicalSlotPlan(List.of(), List.of(new LogicalSlotPlan.Advance("feed", "app", to)));
    }

    @Test
    void aPrimaryMakesThem() {
        SlotCases node = aPrimary().withMemberSlots().permanent("feed", LOGICAL);
        assertThat(logical(node))
                .isEqualTo(new LogicalSlotPlan(List.of(new LogicalSlotPlan.Creation("feed", LOGICAL)), List.of()));
        assertThat(node.plan().isEmpty()).isTrue();
        assertThat(logical(node.with(SlotStatus.logical("feed", LOGICAL, LONG_AGO)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aStandbyMovesItsCopyToWhereTheLeadersStandsAndNeverBeyondWhatItHas() {
        assertThat(logical(standbyWithCopy(LONG_AGO).published("feed", BEFORE))).isEqualTo(moving(BEFORE));
        assertThat(logical(standbyWithCopy(LONG_AGO).published("feed", BEYOND))).isEqualTo(moving(HERE));
        assertThat(logical(standbyWithCopy(BEFORE).published("feed", BEFORE)).isEmpty())
                .isTrue();
        assertThat(logical(standbyWithCopy(BEFORE)).isEmpty()).isTrue();
    }

    @Test
    void afterAFailoverACopyWaitsForTheWordOfTheNewLeader() {
        SlotCases early = standbyWithCopy(LONG_AGO).published("feed", BEFORE).promotedOnce(SECOND);
        assertThat(logical(early).isEmpty()).isTrue();
        assertThat(logical(early.withHistory())).isEqualTo(moving(BEFORE));
        SlotCases late = standbyWithCopy(LONG_AGO)
                .published("feed", BEFORE)
                .promotedOnce(Timeline.UNKNOWN)
                .withHistory();
        assertThat(logical(late).isEmpty()).isTrue();
    }

    @Test
    void itIsToldWhetherAConsumerCouldGoOnWithThisNode() {
        assertThat(condition(standby(), Set.of())).isEqualTo("false it was not copied from the leader yet");
        assertThat(condition(standbyWithCopy(HERE), Set.of()))
                .isEqualTo("true the copy is safe to be used after a failover");
        assertThat(condition(standbyWithCopy(HERE), Set.of("feed"))).startsWith("false the leader does not keep");
        assertThat(condition(standby().with(SlotCases.lost("feed")), Set.of()))
                .startsWith("false a slot of another kind");
        PermanentSlot.Logical other = new PermanentSlot.Logical("other", "test_decoding");
        assertThat(condition(standby().with(SlotStatus.logical("feed", other, HERE)), Set.of()))
                .startsWith("false a slot of another kind");
        SlotCases primary = aPrimary().withMemberSlots().permanent("feed", LOGICAL);
        assertThat(condition(primary, Set.of())).isEqualTo("false it is not made yet");
        assertThat(condition(primary.with(SlotStatus.logical("feed", LOGICAL, HERE)), Set.of()))
                .isEqualTo("true it is here");
        assertThat(standby().tagged("nofailover", true).planner().conditions(Set.of()))
                .isEmpty();
    }

    private static String condition(SlotCases node, Set<String> unsafe) {
        SlotCondition condition =
                Objects.requireNonNull(node.planner().conditions(unsafe).get("feed"));
        return condition.ready() + " " + condition.reason();
    }

    @Test
    void aStandbyCopiesWhatItLacksAndMayHave() {
        assertThat(standby().published("feed", BEFORE).planner().toCopy()).containsExactly("feed");
        SlotCases ahead = standby().published("feed", BEYOND);
        assertThat(ahead.planner().toCopy()).isEmpty();
        assertThat(ahead.planner().lacking()).containsExactly("feed");
        assertThat(standby().planner().toCopy()).isEmpty();
        assertThat(standbyWithCopy(LONG_AGO).published("feed", BEFORE).planner().toCopy())
                .isEmpty();
        assertThat(standby().published("feed", BEFORE).unlocked().planner().toCopy())
                .isEmpty();
    }

    @Test
    void whileNobodyLeadsTheCopiesStay() {
        assertThat(standbyWithCopy(BEFORE).unlocked().plan().drop()).isEmpty();
        assertThat(standbyWithCopy(BEFORE).without("b").plan().drop()).doesNotContain("feed");
        assertThat(standbyWithCopy(BEFORE)
                        .tagged("replicatefrom", "c")
                        .unlocked()
                        .plan()
                        .drop())
                .isEmpty();
    }

    @Test
    void anotherKindOfSlotThatHasTheNameGivesWay() {
        PermanentSlot.Logical other = new PermanentSlot.Logical("other", "test_decoding");
        assertThat(standby()
                        .with(SlotStatus.logical("feed", other, BEFORE))
                        .plan()
                        .drop())
                .containsExactly("feed");
        assertThat(standby().withIdle("feed", BEFORE).plan().drop()).containsExactly("feed");
    }

    @Test
    void aCopyThatWasInvalidatedGivesWayToANewOne() {
        SlotStatus lost = new SlotStatus(
                "feed",
                true,
                Optional.of("app"),
                Optional.of("test_decoding"),
                false,
                Optional.empty(),
                Optional.of(BEFORE),
                false,
                Optional.empty(),
                true,
                false,
                false);
        assertThat(standby().with(lost).plan().drop()).containsExactly("feed");
    }

    @Nested
    class NotForEverybody {
        private void hasNone(SlotCases node) {
            assertThat(node.planner().toCopy()).isEmpty();
            assertThat(node.planner().lacking()).isEmpty();
            assertThat(logical(node).isEmpty()).isTrue();
            assertThat(node.plan().drop()).containsExactly("feed");
        }

        private SlotCases member() {
            return standbyWithCopy(LONG_AGO).published("feed", BEFORE);
        }

        @Test
        void nobodyThatIsNeverPromoted() {
            SlotCases node = aStandby()
                    .permanent("feed", LOGICAL)
                    .published("feed", BEFORE)
                    .with(SlotStatus.logical("feed", LOGICAL, LONG_AGO));
            hasNone(node.tagged("nofailover", true));
        }

        @Test
        void nobodyThatDoesNotStream() {
            hasNone(member().tagged("nostream", true));
        }

        @Test
        void norOneBehindSuchAMember() {
            SlotCases behind = aStandby()
                    .withIdle("b", HERE)
                    .permanent("feed", LOGICAL)
                    .published("feed", BEFORE)
                    .with(SlotStatus.logical("feed", LOGICAL, LONG_AGO));
            hasNone(behind.member("c", Map.of("nostream", true)).tagged("replicatefrom", "c"));
        }

        @Test
        void noMemberOfAStandbyCluster() {
            hasNone(member().inStandbyCluster());
        }

        @Test
        void noneThatHasTheNameOfAMember() {
            SlotCases node =
                    aStandby().withMemberSlots().permanent("c", LOGICAL).published("c", BEFORE);
            assertThat(node.planner().toCopy()).isEmpty();
            assertThat(node.planner().remarks()).singleElement().asString().contains("rename it");
        }
    }

    @Test
    void aPhysicalOneMayBeForOneKindOfClusterOnly() {
        PermanentSlot.Physical primary = new PermanentSlot.Physical(Optional.of("primary"));
        PermanentSlot.Physical standby = new PermanentSlot.Physical(Optional.of("standby"));
        SlotCases usual = aPrimary().withMemberSlots().permanent("p", primary).permanent("s", standby);
        assertThat(usual.plan().create()).containsExactly("p");
        SlotCases copied = aStandby().withMemberSlots().permanent("p", primary).permanent("s", standby);
        assertThat(copied.inStandbyCluster().plan().create()).containsExactly("s");
    }

    @Test
    void theServersOwnSynchronisationIsLeftAlone() {
        SlotCases node = standby().with(SlotCases.failover("feed", true)).published("feed", BEYOND);
        assertThat(logical(node).isEmpty()).isTrue();
        assertThat(node.planner().toCopy()).isEmpty();
        assertThat(node.plan().drop()).isEmpty();
    }
}
