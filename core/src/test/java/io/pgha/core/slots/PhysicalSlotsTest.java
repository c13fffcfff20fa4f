package io.pgha.core.slots;

import static io.pgha.core.slots.SlotCases.BEFORE;
import static io.pgha.core.slots.SlotCases.BEYOND;
import static io.pgha.core.slots.SlotCases.HERE;
import static io.pgha.core.slots.SlotCases.LOGICAL;
import static io.pgha.core.slots.SlotCases.LONG_AGO;
import static io.pgha.core.slots.SlotCases.aPrimary;
import static io.pgha.core.slots.SlotCases.aStandby;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.SlotStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which physical slots a node gets, keeps, moves and drops (facts §5.14). */
class PhysicalSlotsTest {
    @Nested
    class OfMembers {
        @Test
        void everyNodeThatMayBePromotedHasThemForAllOthers() {
            assertThat(aPrimary().plan().create()).containsExactly("b", "c");
            assertThat(aStandby().plan().create()).containsExactly("b", "c");
        }

        @Test
        void aNodeThatIsNeverPromotedHasThemForThoseBehindIt() {
            assertThat(aStandby().tagged("nofailover", true).plan().create()).isEmpty();
            assertThat(aStandby()
                            .tagged("nofailover", true)
                            .member("c", Map.of("replicatefrom", "a"))
                            .plan()
                            .create())
                    .containsExactly("c");
        }

        @Test
        void withoutRetentionOnlyThoseThatStreamFromHereHaveOne() {
            SlotCases standby = aStandby().memberSlotsTtl(Duration.ZERO);
            assertThat(standby.plan().create()).isEmpty();
            assertThat(standby.member("c", Map.of("replicatefrom", "a")).plan().create())
                    .containsExactly("c");
            SlotCases primary = aPrimary().memberSlotsTtl(Duration.ZERO).member("c", Map.of("replicatefrom", "b"));
            assertThat(primary.plan().create()).containsExactly("b");
            assertThat(primary.without("b").plan().create()).containsExactly("c");
        }

        @Test
        void oneThatDoesNotStreamHasNone() {
            assertThat(aPrimary().member("c", Map.of("nostream", true)).plan().create())
                    .containsExactly("b");
        }

        @Test
        void whereSlotsAreNotUsedNothingIsTouched() {
            assertThat(aPrimary().withoutSlots().withIdle("x", HERE).plan().isEmpty())
                    .isTrue();
        }

        @Test
        void theSlotOfAMemberThatIsAwayIsNeitherDroppedNorMoved() {
            SlotCases away = aPrimary()
                    .without("c")
                    .retaining("c")
                    .withIdle("b", HERE)
                    .withIdle("c", LONG_AGO)
                    .published("c", HERE);
            assertThat(away.plan().isEmpty()).isTrue();
            assertThat(aPrimary()
                            .without("c")
                            .retaining("c")
                            .withIdle("b", HERE)
                            .with(SlotCases.withXmin("c"))
                            .plan()
                            .isEmpty())
                    .isTrue();
        }

        @Test
        void theSlotOfAMemberThatIsLateIsNotMoved() {
            assertThat(aPrimary()
                            .withIdle("b", HERE)
                            .withIdle("c", LONG_AGO)
                            .published("c", HERE)
                            .plan()
                            .isEmpty())
                    .isTrue();
            assertThat(aStandby()
                            .member("c", Map.of("replicatefrom", "a"))
                            .withIdle("b", HERE)
                            .withIdle("c", LONG_AGO)
                            .published("c", HERE)
                            .plan()
                            .isEmpty())
                    .isTrue();
        }

        @Test
        void aStandbyMovesThemToWhereTheLeadersAre() {
            assertThat(aStandby()
                            .withIdle("b", HERE)
                            .withIdle("c", LONG_AGO)
                            .published("c", BEFORE)
                            .plan())
                    .isEqualTo(advance("c", BEFORE));
        }

        @Test
        void nothingIsMovedBeyondWhatTheNodeHas() {
            assertThat(aStandby()
                            .withIdle("b", HERE)
                            .withIdle("c", LONG_AGO)
                            .published("c", BEYOND)
                            .plan())
                    .isEqualTo(advance("c", HERE));
        }

        @Test
        void thePrimaryMovesTheSlotOfACascadingMemberToWhereThatOneIs() {
            // Otherwise the slot, which nobody uses there, would keep all WAL from its creation on.
            assertThat(aPrimary()
                            .member("c", Map.of("replicatefrom", "b"))
                            .withIdle("b", HERE)
                            .withIdle("c", LONG_AGO)
                            .published("c", LONG_AGO)
                            .plan())
                    .isEqualTo(advance("c", BEFORE));
        }

        @Test
        void anInactiveOneThatHoldsBackVacuumForAMemberElsewhereIsMadeAnew() {
            SlotPlan plan =
                    aStandby().withIdle("b", HERE).with(SlotCases.withXmin("c")).plan();
            assertThat(plan.drop()).containsExactly("c");
            assertThat(plan.create()).containsExactly("c");
            assertThat(aStandby()
                            .unlocked()
                            .withIdle("b", HERE)
                            .with(SlotCases.withXmin("c"))
                            .plan()
                            .isEmpty())
                    .isTrue();
            assertThat(aPrimary()
                            .withIdle("b", HERE)
                            .with(SlotCases.withXmin("c"))
                            .plan()
                            .isEmpty())
                    .isTrue();
        }

        @Test
        void oneWhoseWalIsGoneIsMadeAnew() {
            SlotPlan plan =
                    aPrimary().withIdle("b", HERE).with(SlotCases.lost("c")).plan();
            assertThat(plan.drop()).containsExactly("c");
            assertThat(plan.create()).containsExactly("c");
        }

        @Test
        void oneThatKeepsNoWalYetIsMadeAnew() {
            SlotStatus empty = SlotStatus.physical("c", false, Optional.empty());
            assertThat(aPrimary().withIdle("b", HERE).with(empty).plan().drop()).containsExactly("c");
        }

        @Test
        void twoMembersWithOneSlotAreReportedAndItIsNeverMoved() {
            SlotCases both = aStandby()
                    .member("c.1", Map.of())
                    .member("c-1", Map.of())
                    .withMemberSlots()
                    .withIdle("c_1", LONG_AGO)
                    .published("c_1", HERE);
            assertThat(both.plan().isEmpty()).isTrue();
            assertThat(both.planner().remarks()).singleElement().asString().contains("c_1 share one");
        }
    }

    @Nested
    class Permanent {
        @Test
        void theyAreOnEveryNodeThatMayBePromoted() {
            assertThat(aPrimary().permanent("backup").plan().create()).containsExactly("b", "backup", "c");
            assertThat(aStandby().permanent("backup").plan().create()).containsExactly("b", "backup", "c");
            assertThat(aStandby()
                            .tagged("nofailover", true)
                            .permanent("backup")
                            .plan()
                            .create())
                    .isEmpty();
        }

        @Test
        void aStandbyMovesThemAndThePrimaryDoesNot() {
            assertThat(aStandby()
                            .permanent("backup")
                            .withMemberSlots()
                            .withIdle("backup", LONG_AGO)
                            .published("backup", BEFORE)
                            .plan())
                    .isEqualTo(advance("backup", BEFORE));
            assertThat(aPrimary()
                            .permanent("backup")
                            .withMemberSlots()
                            .withIdle("backup", LONG_AGO)
                            .published("backup", BEFORE)
                            .plan()
                            .isEmpty())
                    .isTrue();
        }

        @Test
        void oneOfAStandbyClusterIsNotMadeElsewhere() {
            SlotCases both = aPrimary()
                    .permanent("there", new PermanentSlot.Physical(Optional.of("standby")))
                    .permanent("here", new PermanentSlot.Physical(Optional.of("primary")));
            assertThat(both.plan().create()).containsExactly("b", "c", "here");
        }

        @Test
        void aMembersOwnIsLeftOutOnThatMember() {
            assertThat(aPrimary().permanent("a").plan().create()).containsExactly("b", "c");
        }

        @Test
        void aMembersSlotThatIsPermanentStaysWhenTheMemberIsGoneForGood() {
            assertThat(aPrimary()
                            .without("c")
                            .permanent("c")
                            .withIdle("b", HERE)
                            .withIdle("c", LONG_AGO)
                            .plan()
                            .isEmpty())
                    .isTrue();
        }

        @Test
        void oneThatWasTakenOutOfTheConfigurationIsDropped() {
            assertThat(aPrimary().withMemberSlots().withIdle("old", HERE).plan().drop())
                    .containsExactly("old");
        }

        @Test
        void oneOfTheOtherKindIsReplaced() {
            SlotPlan plan = aPrimary()
                    .permanent("x")
                    .withMemberSlots()
                    .with(SlotStatus.logical("x", LOGICAL, HERE))
                    .plan();
            assertThat(plan.drop()).containsExactly("x");
            assertThat(plan.create()).containsExactly("x");
        }
    }

    @Nested
    class Untouched {
        @Test
        void ignoredOnesAreNeverDropped() {
            SlotStatus logical = SlotStatus.logical("cdc", LOGICAL, HERE);
            assertThat(aPrimary()
                            .ignoring(Optional.empty(), Optional.of("logical"))
                            .withMemberSlots()
                            .with(logical)
                            .withIdle("mine", HERE)
                            .plan()
                            .drop())
                    .containsExactly("mine");
            assertThat(aPrimary()
                            .ignoring(Optional.of("cdc"), Optional.empty())
                            .withMemberSlots()
                            .with(logical)
                            .plan()
                            .isEmpty())
                    .isTrue();
            assertThat(aPrimary().withMemberSlots().with(logical).plan().drop()).containsExactly("cdc");
        }

        @Test
        void oneThatSomebodyUsesIsReportedAndStays() {
            SlotCases used = aPrimary().withMemberSlots().with(SlotStatus.physical("x", true, Optional.of(HERE)));
            assertThat(used.plan().isEmpty()).isTrue();
            assertThat(used.planner().remarks()).singleElement().asString().contains("x should be dropped");
        }

        @Test
        void theServersOwnFailoverSlotsAreItsOwn() {
            assertThat(aPrimary()
                            .withMemberSlots()
                            .with(SlotCases.failover("f", false))
                            .plan()
                            .isEmpty())
                    .isTrue();
            assertThat(aStandby()
                            .withMemberSlots()
                            .with(SlotCases.failover("f", true))
                            .plan()
                            .isEmpty())
                    .isTrue();
        }

        @Test
        void aFailoverSlotThatAFormerPrimaryStillHasMakesRoomForTheSyncedOne() {
            SlotCases former = aStandby().withMemberSlots().with(SlotCases.failover("f", false));
            assertThat(former.plan().drop()).containsExactly("f");
            assertThat(former.unlocked().plan().isEmpty()).isTrue();
        }

        @Test
        void citusKeepsTheSlotsOfAShardThatMoves() {
            SlotStatus moving = SlotStatus.logical("citus_shard_move_slot_2", LOGICAL, HERE);
            assertThat(aPrimary().withMemberSlots().with(moving).plan().isEmpty())
                    .isTrue();
            assertThat(aStandby().withMemberSlots().with(moving).plan().drop()).hasSize(1);
        }

        @Test
        void nothingIsDroppedWhileTheClustersConfigurationIsNotKnown() {
            SlotPlan plan = aPrimary()
                    .permanent("x")
                    .withIdle("old", HERE)
                    .with(SlotStatus.logical("x", LOGICAL, HERE))
                    .plan();
            assertThat(plan.drop()).containsExactlyInAnyOrder("old", "x");
            assertThat(plan.withoutDrops())
                    .isEqualTo(new SlotPlan(List.of(), List.of("b", "c"), List.of(), plan.reasons()));
            assertThat(plan.reason("old")).contains("nobody configured it", "member_slots_ttl");
            assertThat(plan.reason("x")).contains("of another kind");
            assertThat(plan.reason("b")).contains("a member streams through it");
        }
    }

    @Test
    void theLeaderPublishesWhatItManagesAndItself() {
        SlotCases leader = aPrimary()
                .permanent("backup")
                .withIdle("b", BEFORE)
                .withIdle("backup", LONG_AGO)
                .withIdle("strange", LONG_AGO);
        SlotRetention retention = new SlotRetention(Map.of("b", new io.pgha.core.model.MonotonicTime(1)));
        assertThat(PublishedSlots.of(leader.settings(), leader.server(), leader.planner(), retention))
                .satisfies(status -> {
                    assertThat(status.slots())
                            .containsExactlyInAnyOrderEntriesOf(Map.of("a", HERE, "b", BEFORE, "backup", LONG_AGO));
                    assertThat(status.retainSlots()).containsExactly("b");
                });
        leader.memberSlotsTtl(Duration.ZERO);
        assertThat(PublishedSlots.of(leader.settings(), leader.server(), leader.planner(), SlotRetention.NONE)
                        .slots())
                .containsOnlyKeys("a", "backup");
    }

    @Property
    void whatIsDoneOnceNeedNotBeDoneAgain(@ForAll("cases") SlotCases before) {
        SlotPlan plan = before.plan();
        assertThat(plan.create()).allMatch(name -> before.planner().managed().contains(name));
        assertThat(plan.drop()).doesNotHaveDuplicates();
    }

    @Provide
    static Arbitrary<SlotCases> cases() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d", "x", "logical");
        Arbitrary<SlotStatus> slots = names.flatMap(name -> Arbitraries.of(
                SlotStatus.physical(name, false, Optional.of(LONG_AGO)),
                SlotStatus.physical(name, true, Optional.of(HERE)),
                SlotStatus.physical(name, false, Optional.empty()),
                SlotStatus.logical(name, LOGICAL, BEFORE),
                SlotCases.withXmin(name),
                SlotCases.lost(name),
                SlotCases.failover(name, true),
                SlotCases.failover(name, false)));
        return slots.list()
                .uniqueElements(SlotStatus::name)
                .ofMaxSize(6)
                .flatMap(list -> Arbitraries.of(true, false).map(standby -> {
                    SlotCases made = standby ? aStandby() : aPrimary();
                    list.forEach(made::with);
                    return made.permanent("x").permanent("logical", LOGICAL).retaining("d");
                }));
    }

    private static SlotPlan advance(String slot, io.pgha.core.model.Lsn to) {
        return new SlotPlan(List.of(), List.of(), List.of(new SlotPlan.Advance(slot, to)));
    }
}
