package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Memory;
import io.pgha.core.decide.SlotCopyQueue;
import io.pgha.core.decide.SlotCopyWait;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Role;
import io.pgha.core.model.ShortestTtl;
import io.pgha.core.model.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One standby after the other restarts for logical slots, and none waits for ever for another. */
class SlotCopyQueueTest {
    private static final Lsn BEFORE = new Lsn(Cases.HERE.bytes() - 1000);
    private static final Duration LOOP_WAIT = Duration.ofSeconds(10);

    /** Node a, which lacks a slot; b leads, c is another standby. */
    private static Cases lacking() {
        return Cases.aReplica().lackingALogicalSlot(BEFORE);
    }

    /** The same, after it has told the others that it is its turn. */
    private static Cases inTurn() {
        return lacking().with(claiming("a", "a")).remembering(waitedFor(Duration.ofSeconds(10), "a"));
    }

    private static Member claiming(String name, Object first) {
        return Cases.member(name, Role.REPLICA, Tags.NONE).toBuilder()
                .unknownField(ShortestTtl.OURS, Map.of(SlotCopyQueue.FIELD, first))
                .build();
    }

    private static Memory waitedFor(Duration time, String first) {
        return Memory.EMPTY.toBuilder()
                .slotCopyWait(Optional.of(new SlotCopyWait(first, Cases.NOW.minus(time), Cases.NOW.minus(LOOP_WAIT))))
                .build();
    }

    private static boolean copies(Cases node) {
        return node.action() instanceof Action.CopySlots;
    }

    private static String reason(Cases node) {
        Decision decision = node.decision();
        assertThat(decision.action()).isInstanceOf(Action.Wait.class);
        return decision.reason();
    }

    @Test
    void theOthersAreToldFirst() {
        Decision first = lacking().decision();
        assertThat(first.action()).isInstanceOf(Action.Wait.class);
        assertThat(first.reason()).contains("lacks the logical slots feed", "the others are told first");
        assertThat(SlotCopyQueue.first(lacking().situation())).contains("a");
        assertThat(reason(lacking().remembering(first.memory()))).contains("the others are told first");
        assertThat(copies(lacking().remembering(first.memory()).with(claiming("a", "a"))))
                .isTrue();
        assertThat(copies(inTurn())).isTrue();
    }

    @Test
    void theFirstByNameGoesWhenAllKnowThat() {
        assertThat(reason(inTurn().with(claiming("c", "c")))).contains("waiting until c knows that");
        assertThat(copies(inTurn().with(claiming("c", "a")))).isTrue();
        Cases second = inTurn().with(claiming("Z", "Z"));
        assertThat(reason(second)).contains("Z restarts for that first");
        assertThat(SlotCopyQueue.first(second.situation())).contains("Z");
        assertThat(second.decision().memory().slotCopyWait().orElseThrow().first())
                .isEqualTo("Z");
    }

    @Test
    void whoeverYieldedAMomentAgoTellsTheOthersAnew() {
        Memory yielded = waitedFor(Duration.ofSeconds(20), "Z");
        assertThat(reason(inTurn().remembering(yielded))).contains("the others are told first");
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPING", "RESTARTING", "STARTING"})
    void nobodyRestartsWhileAnotherStandbyDoes(PostgresState state) {
        MemberBuilder other = new MemberBuilder("z").state(state);
        assertThat(reason(inTurn().with(other.build()))).contains("waiting until z has restarted");
        Member unfit = other.tags(new Tags(Map.of("nofailover", true))).build();
        assertThat(copies(inTurn().with(unfit))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPING", "RESTARTING", "STARTING"})
    void oneThatHangsIsWaitedForOnlySoLong(PostgresState state) {
        Cases node = inTurn().with(new MemberBuilder("z").state(state).build());
        assertThat(copies(node.remembering(waitedFor(Duration.ofSeconds(299), "a"))))
                .isFalse();
        assertThat(copies(node.remembering(waitedFor(Duration.ofMinutes(5), "a"))))
                .isTrue();
    }

    @Test
    void oneWhoseTurnItIsForEverIsWaitedForLongerByThoseFurtherBehind() {
        Cases second = inTurn().with(claiming("X", "X"));
        assertThat(copies(second.remembering(waitedFor(Duration.ofSeconds(599), "X"))))
                .isFalse();
        assertThat(copies(second.remembering(waitedFor(Duration.ofMinutes(10), "X"))))
                .isTrue();
        Cases third = second.with(claiming("Y", "X"));
        assertThat(copies(third.remembering(waitedFor(Duration.ofMinutes(10), "X"))))
                .isFalse();
        assertThat(copies(third.remembering(waitedFor(Duration.ofMinutes(15), "X"))))
                .isTrue();
    }

    @Test
    void aWaitOfLongAgoIsForgotten() {
        MonotonicTime longAgo = Cases.NOW.minus(Duration.ofHours(1));
        Memory old = Memory.EMPTY.toBuilder()
                .slotCopyWait(Optional.of(new SlotCopyWait("X", longAgo, longAgo)))
                .build();
        Decision decision = inTurn().with(claiming("X", "X")).remembering(old).decision();
        assertThat(decision.action()).isInstanceOf(Action.Wait.class);
        assertThat(decision.memory().slotCopyWait()).map(SlotCopyWait::since).contains(Cases.NOW);
    }

    @Test
    void whoeverRestartsNamesItselfUntilItHasRestarted() {
        Cases restarting = lacking().with(claiming("X", "X")).running(JobKind.COPY_SLOTS);
        assertThat(SlotCopyQueue.first(restarting.situation())).contains("a");
        assertThat(SlotCopyQueue.first(restarting.down().situation())).contains("a");
    }

    @Test
    void nobodyWhoCannotCopyNowStandsInTheQueue() {
        assertThat(SlotCopyQueue.first(Cases.aReplica().situation())).isEmpty();
        assertThat(SlotCopyQueue.first(lacking().paused().situation())).isEmpty();
        assertThat(SlotCopyQueue.first(lacking().unlocked().situation())).isEmpty();
        assertThat(SlotCopyQueue.first(lacking().dcsUnreachable().situation())).isEmpty();
        Memory failed = Memory.EMPTY.toBuilder()
                .noSlotCopyUntil(Optional.of(Cases.NOW.plus(Duration.ofSeconds(1))))
                .build();
        assertThat(SlotCopyQueue.first(lacking().remembering(failed).situation()))
                .isEmpty();
        assertThat(lacking().remembering(failed).decision().rule()).isEqualTo("Following");
    }

    @Test
    void whatIsNoNameIsNoClaim() {
        assertThat(copies(inTurn().with(claiming("Z", 7)))).isTrue();
        assertThat(copies(inTurn().with(claiming("Z", List.of("Z"))))).isTrue();
    }

    @Test
    void aNewDataDirectoryDoesNotWaitForWhatFailedInTheOldOne() {
        Memory failed = Memory.EMPTY.toBuilder()
                .noSlotCopyUntil(Optional.of(Cases.NOW.plus(Duration.ofMinutes(1))))
                .build();
        for (JobKind kind : List.of(JobKind.REINITIALIZE, JobKind.CLONE, JobKind.SET_ASIDE, JobKind.REWIND)) {
            Cases node = lacking().remembering(failed).finished(kind, true);
            assertThat(node.situation().memory().noSlotCopyUntil())
                    .as(kind.name())
                    .isEmpty();
            assertThat(lacking()
                            .remembering(failed)
                            .finished(kind, false)
                            .situation()
                            .memory())
                    .extracting(Memory::noSlotCopyUntil)
                    .isEqualTo(failed.noSlotCopyUntil());
        }
    }

    @Test
    void aCopyEndsTheWaitAndOneThatFailedBeginsAPause() {
        Memory waited = waitedFor(Duration.ofMinutes(2), "a");
        Memory copied = lacking()
                .remembering(waited)
                .finished(JobKind.COPY_SLOTS, true)
                .situation()
                .memory();
        assertThat(copied.slotCopyWait()).isEmpty();
        assertThat(copied.noSlotCopyUntil()).isEmpty();
        Memory failed = lacking()
                .remembering(waited)
                .finished(JobKind.COPY_SLOTS, false)
                .situation()
                .memory();
        assertThat(failed.slotCopyWait()).isEmpty();
        assertThat(failed.noSlotCopyUntil()).contains(Cases.NOW.plus(Duration.ofMinutes(1)));
    }

    /** A standby that plays its part in the queue, on keys that it may see late. */
    private static final class Standby {
        private final String name;
        private Memory memory = Memory.EMPTY;
        private Map<String, Optional<String>> seen = Map.of();
        private boolean going;
        private boolean done;

        Standby(String name) {
            this.name = name;
        }

        Cases situation() {
            Cases node = Cases.aReplica().named(name).ledBy("L").with(Cases.member("L", Role.PRIMARY, Tags.NONE));
            List.of("a", "b", "c").forEach(node::without);
            node.remembering(memory).lackingALogicalSlot(BEFORE);
            seen.forEach((member, claim) -> node.with(
                    claim.map(first -> claiming(member, first)).orElse(Cases.member(member, Role.REPLICA, Tags.NONE))));
            return going ? node.running(JobKind.COPY_SLOTS) : node;
        }
    }

    /** In whatever order they look, however old what they see is: the states of restarting servers are not even shown here. */
    @Property(tries = 500)
    void twoNeverRestartAtOnceAndAllDoInTheEnd(@ForAll long seed) {
        java.util.SplittableRandom chance = new java.util.SplittableRandom(seed);
        List<Standby> all = List.of(new Standby("a"), new Standby("b"), new Standby("c"));
        Map<String, Optional<String>> keys = new HashMap<>();
        all.forEach(standby -> keys.put(standby.name, Optional.empty()));
        for (int step = 0; step < 400; step++) {
            Standby one = all.get(chance.nextInt(all.size()));
            if (step < 100 ? chance.nextBoolean() : step % 3 == all.indexOf(one)) {
                one.seen = Map.copyOf(keys);
            }
            if (one.going && chance.nextInt(4) == 0) {
                one.going = false;
                one.done = true;
            } else if (!one.going && !one.done) {
                Decision decision = one.situation().decision();
                one.memory = decision.memory();
                one.going = decision.action() instanceof Action.CopySlots;
            }
            assertThat(all.stream().filter(standby -> standby.going).count()).isLessThanOrEqualTo(1);
            if (chance.nextInt(5) != 0) {
                keys.put(
                        one.name,
                        one.done
                                ? Optional.empty()
                                : SlotCopyQueue.first(one.situation().situation()));
            }
        }
        assertThat(all).allMatch(standby -> standby.done);
    }
}
