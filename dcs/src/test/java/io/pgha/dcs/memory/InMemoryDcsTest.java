package io.pgha.dcs.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.MonotonicTime;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsContractTest;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.DcsWorld;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.junit.jupiter.api.Test;

@SuppressWarnings("resource") // Nothing to close in memory.
class InMemoryDcsTest extends DcsContractTest {
    private final MemoryWorld world = new MemoryWorld();

    @Override
    protected DcsWorld newWorld() {
        return world;
    }

    @Test
    void anUnreachableStoreIsTriedUntilTheBudgetIsUsedUp() {
        Dcs a = world.open("a", call -> CallFate.UNREACHABLE);
        MonotonicTime start = world.time.now();
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Unavailable.class);
        assertThat(world.time.now().since(start)).isBetween(Duration.ofSeconds(1), DcsWorld.RETRY_TIMEOUT);
    }

    @Test
    void aStoreThatComesBackWithinTheBudgetIsReached() {
        Dcs a = world.open("a", fates(CallFate.UNREACHABLE, CallFate.UNREACHABLE, CallFate.UNREACHABLE));
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
    }

    @Test
    void lostRepliesAreUnknownAfterTheBudget() {
        Dcs a = world.open("a", call -> CallFate.REPLY_LOST);
        MonotonicTime start = world.time.now();
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Unknown.class);
        assertThat(world.time.now().since(start)).isLessThanOrEqualTo(DcsWorld.RETRY_TIMEOUT);
    }

    @Test
    void aLostReplyToTheRaceIsRecognisedAsTheOwnVictory() {
        Dcs a = world.open("a", fates(CallFate.PASS, CallFate.REPLY_LOST));
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
    }

    @Test
    void aLostReplyToTheReleaseIsRecognisedAsDone() {
        Dcs a = world.open("a", fates(CallFate.PASS, CallFate.PASS, CallFate.RESET));
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        assertThat(a.releaseLock(java.util.Optional.empty())).isInstanceOf(DcsOutcome.Done.class);
    }

    @Test
    void aCompareAndSetIsNotRepeatedAfterALostReply() {
        Dcs a = world.open("a", fates(CallFate.REPLY_LOST));
        assertThat(a.writeConfig(Map.of("ttl", 30), OptionalLong.of(0))).isInstanceOf(DcsOutcome.Unknown.class);
        assertThat(world.raw(world.keys().config())).isPresent();
    }

    @Test
    void anUnansweredWriteIsWrittenAgainAndNotTakenForDone() {
        Dcs a = world.open(
                "a", fates(CallFate.PASS, CallFate.REQUEST_LOST, CallFate.REQUEST_LOST, CallFate.REQUEST_LOST));
        assertThat(a.takeLock()).isInstanceOf(DcsOutcome.Unknown.class);
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Done.class);
        assertThat(world.raw(world.keys().leader())).isPresent();
    }

    @Test
    void aRequestThatIsLateIsCarriedOutAfterTheCallerHasGivenUp() {
        Dcs a = world.open("a", fates(CallFate.slow(Duration.ofSeconds(7), Duration.ZERO)));
        assertThat(a.writeConfig(Map.of("ttl", 30), OptionalLong.of(0))).isInstanceOf(DcsOutcome.Unknown.class);
        assertThat(world.raw(world.keys().config())).isEmpty();
        world.time.pause(Duration.ofSeconds(7));
        assertThat(world.raw(world.keys().config())).isPresent();
    }

    @Test
    void slowCallsTakeTheirTime() {
        Dcs a = world.open("a", call -> CallFate.slow(Duration.ofMillis(200), Duration.ofMillis(100)));
        MonotonicTime start = world.time.now();
        assertThat(a.read()).isInstanceOf(DcsOutcome.Done.class);
        assertThat(world.time.now().since(start)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aCutWatchOffersNoCopyAndCatchesUpAfterwards() {
        boolean[] cut = {false};
        Dcs a = world.open("a", new DcsFaults() {
            @Override
            public CallFate fateOf(DcsCall call) {
                return CallFate.PASS;
            }

            @Override
            public boolean watchWorks(String client) {
                return !cut[0];
            }
        });
        a.watch(change -> {});
        world.await("the watch is established", () -> a.watched().isPresent());
        cut[0] = true;
        world.store.put(world.keys().leader(), "b");
        world.await("the cut is noticed", () -> a.watched().isEmpty());
        cut[0] = false;
        world.await(
                "the copy is back",
                () -> a.watched().filter(view -> view.isLedBy("b")).isPresent());
    }

    @Test
    void aLockThatWasJustTakenHoldsForAWholeTtl() {
        for (boolean unconditionally : new boolean[] {false, true}) {
            Dcs a = world.open("a");
            assertThat(a.keepLease()).isInstanceOf(DcsOutcome.Done.class);
            world.time.pause(DcsWorld.TTL.minusMillis(500));
            assertThat(unconditionally ? a.takeLock() : a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
            world.time.pause(DcsWorld.TTL.minusMillis(1));
            assertThat(world.raw(world.keys().leader())).isPresent();
            world.time.pause(Duration.ofMillis(2));
            assertThat(world.raw(world.keys().leader())).isEmpty();
        }
    }

    @Test
    void aRenewalIsNotDoneWhileTheLeaseIsShorterThanTheTtlThatCounts() {
        Dcs a = world.open(
                "a",
                call -> call.kind() == DcsCall.Kind.GRANT_LEASE
                                && world.time.now().nanos() > 2_000_000_000L
                        ? CallFate.UNREACHABLE
                        : CallFate.PASS);
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        world.time.pause(Duration.ofSeconds(2));
        a.timing(DcsWorld.TTL.multipliedBy(2), Duration.ofSeconds(1));
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Unavailable.class);
        assertThat(world.raw(world.keys().leader())).isPresent();
        a.timing(DcsWorld.TTL.minusSeconds(1), Duration.ofSeconds(1));
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Done.class);
    }

    @Test
    void aNewLeaderOfTheStoreProlongsLeases() {
        Dcs a = world.open("a");
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        world.time.pause(DcsWorld.TTL.minusMillis(100));
        world.store.electLeader();
        world.time.pause(DcsWorld.TTL.minusMillis(100));
        assertThat(world.raw(world.keys().leader())).isPresent();
        world.time.pause(Duration.ofMillis(200));
        assertThat(world.raw(world.keys().leader())).isEmpty();
    }

    @Test
    void aFullStoreRefusesWritesAndProlongsLeases() {
        Dcs a = world.open("a");
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        world.store.full(true);
        assertThat(a.writeHistory(List.of())).isInstanceOf(DcsOutcome.Refused.class);
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Done.class);
    }

    @Test
    void aRestoredStoreHasForgottenTheLease() {
        MemoryStore.Backup backup = world.store.backup();
        Dcs a = world.open("a");
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        world.store.restore(backup);
        assertThat(a.keepLease()).isInstanceOf(DcsOutcome.LeaseLost.class);
    }

    /** The older state names a; b, which leads and has been forgotten, may count on its lease for a whole TTL. */
    @Test
    void nobodyTakesTheLockForATtlAfterTheStoreHasGoneBack() {
        Dcs a = world.open("a");
        Dcs b = world.open("b");
        assertThat(a.read()).isInstanceOf(DcsOutcome.Done.class);
        MemoryStore.Backup backup = world.store.backup();
        assertThat(b.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        assertThat(a.read()).isInstanceOf(DcsOutcome.Done.class);
        world.store.restore(backup);
        assertThat(a.read()).isInstanceOf(DcsOutcome.Done.class);
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Refused.class);
        world.time.pause(DcsWorld.TTL);
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
    }

    /** The one who leads has the proof itself. */
    @Test
    void whoLeadsTakesTheLockAgainAtOnceAfterTheStoreHasGoneBack() {
        Dcs b = world.open("b");
        MemoryStore.Backup backup = world.store.backup();
        assertThat(b.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        world.store.restore(backup);
        assertThat(b.read()).isInstanceOf(DcsOutcome.Done.class);
        assertThat(b.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
    }

    /** Its lease is as old as the older state, and its copy of the keys says that the lock is its own. */
    @Test
    void aRenewalAfterTheStoreHasGoneBackIsNoProof() {
        Dcs a = world.open("a");
        Dcs b = world.open("b");
        b.watch(change -> {});
        world.time.pause(Duration.ofMillis(1));
        assertThat(b.keepLease()).isInstanceOf(DcsOutcome.Done.class);
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        MemoryStore.Backup backup = world.store.backup();
        assertThat(a.releaseLock(Optional.empty())).isInstanceOf(DcsOutcome.Done.class);
        assertThat(b.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        assertThat(b.renewLock()).isInstanceOf(DcsOutcome.Done.class);
        world.store.restore(backup);
        world.time.pause(Duration.ofMillis(1));
        assertThat(b.renewLock()).isInstanceOf(DcsOutcome.Refused.class);
    }

    /** These fates, one for each request, and none afterwards. */
    private static DcsFaults fates(CallFate... fates) {
        Queue<CallFate> queue = new ArrayDeque<>(List.of(fates));
        return call -> queue.isEmpty() ? CallFate.PASS : queue.remove();
    }
}
