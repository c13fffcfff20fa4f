package io.pgha.dcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.event.Actor;
import io.pgha.core.event.Event;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Role;
import io.pgha.core.model.SyncState;
import io.pgha.core.model.Timeline;
import io.pgha.dcs.wire.EventsCodec;
import io.pgha.dcs.wire.RawEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Dcs} keeps; runs on the one in memory and on the one on a real etcd. */
@SuppressWarnings("resource") // The world closes what it opened.
public abstract class DcsContractTest {
    private DcsWorld world;

    /** A world of its own for each test. */
    protected abstract DcsWorld newWorld();

    @BeforeEach
    void openWorld() {
        world = newWorld();
    }

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void anEmptyStoreIsAnEmptyCluster() {
        ClusterView view = view(world.open("a"));
        assertThat(view.isUnlocked()).isTrue();
        assertThat(view.members()).isEmpty();
        assertThat(view.initialize()).isEmpty();
        assertThat(view.config()).isEmpty();
        assertThat(view.status()).isEqualTo(ClusterStatus.NONE);
    }

    @Test
    void aTimelineNumberIsClaimedOnce() {
        Dcs a = world.open("a");
        Dcs b = world.open("b");
        assertThat(a.claimTimeline(new Timeline(1))).isEqualTo(new DcsOutcome.Done<>(new Timeline(2)));
        assertThat(b.claimTimeline(new Timeline(1))).isEqualTo(new DcsOutcome.Done<>(new Timeline(3)));
        assertThat(a.claimTimeline(new Timeline(7))).isEqualTo(new DcsOutcome.Done<>(new Timeline(8)));
    }

    @Test
    void theEventsOfAMemberSurviveIt() {
        Dcs a = world.open("a");
        Dcs b = world.open("b");
        Event event = Event.of(Instant.EPOCH, Actor.LOOP, "rule", "why \u001b[31m \ud83d\ude00", "Promote")
                .keptAs("a", 3);
        assertDone(a.writeEvents(List.of(event)));
        a.close();
        assertThat(b.readEvents()).isEqualTo(new DcsOutcome.Done<>(Map.of("a", List.of(event))));
        assertThat(view(b).members()).as("no key of a member").isEmpty();
    }

    @Test
    void ofManyEventsTheNewestAreKeptAndTheKeyStaysSmall() {
        Dcs a = world.open("a");
        List<Event> many = IntStream.rangeClosed(1, 1000)
                .mapToObj(i -> Event.of(Instant.EPOCH, Actor.LOOP, "rule", "é".repeat(600), "Promote")
                        .keptAs("a", i))
                .toList();
        assertDone(a.writeEvents(many));
        assertThat(EventsCodec.encode(many).length).isLessThanOrEqualTo(8192);
        List<Event> kept = ((DcsOutcome.Done<Map<String, List<Event>>>) a.readEvents())
                .value()
                .get("a");
        assertThat(kept).isNotEmpty().last().extracting(Event::number).isEqualTo(1000L);
        assertThat(EventsCodec.decode("[1,{\"number\":{}}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void onlyOneMemberWinsTheLock() {
        Dcs a = world.open("a");
        Dcs b = world.open("b");
        assertThat(a.acquireLock()).isInstanceOf(DcsOutcome.Done.class);
        assertThat(b.acquireLock()).isInstanceOf(DcsOutcome.Refused.class);
        assertThat(b.acquireLock().reason()).contains("a");
        assertThat(view(b).isLedBy("a")).isTrue();
    }

    @Test
    void acquiringOnesOwnLockAgainIsDone() {
        Dcs a = world.open("a");
        assertDone(a.acquireLock());
        assertDone(a.acquireLock());
    }

    @Test
    void aFreshIncarnationOfTheHolderDoesNotWinTheRace() {
        assertDone(world.open("a").acquireLock());
        assertThat(world.open("a").acquireLock()).isInstanceOf(DcsOutcome.Refused.class);
    }

    @Test
    void aFreshIncarnationOfTheHolderRenewsWithItsOwnLease() {
        assertDone(world.open("a").acquireLock());
        long before = leader().leaseId();
        Dcs again = world.open("a");
        view(again);
        assertDone(again.renewLock());
        assertThat(leader().leaseId()).isNotEqualTo(before).isNotZero();
    }

    @Test
    void renewingTheLockWritesNothing() {
        Dcs a = world.open("a");
        assertDone(a.acquireLock());
        long before = leader().modRevision();
        assertDone(a.renewLock());
        assertThat(leader().modRevision()).isEqualTo(before);
    }

    @Test
    void renewingIsRefusedWhenSomebodyElseHoldsTheLock() {
        Dcs a = world.open("a");
        assertDone(a.acquireLock());
        world.delete(world.keys().leader());
        assertDone(world.open("b").acquireLock());
        view(a);
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Refused.class);
        assertThat(a.renewLock().reason()).contains("b");
    }

    @Test
    void aDeletedLeaderKeyIsWrittenAgainByTheRenewal() {
        Dcs a = world.open("a");
        assertDone(a.acquireLock());
        world.delete(world.keys().leader());
        view(a);
        assertDone(a.renewLock());
        assertThat(leader().text()).isEqualTo("a");
    }

    @Test
    void aRenewalAfterTheLeaseWasLostGetsANewLeaseIfNobodyElseLeads() {
        Dcs a = world.open("a");
        assertDone(a.acquireLock());
        long before = leader().leaseId();
        world.revoke(before);
        assertDone(a.renewLock());
        assertThat(leader().leaseId()).isNotEqualTo(before);
    }

    @Test
    void aRenewalAfterTheLeaseWasLostIsRefusedIfSomebodyElseLeads() {
        Dcs a = world.open("a");
        assertDone(a.acquireLock());
        world.revoke(leader().leaseId());
        assertDone(world.open("b").acquireLock());
        assertThat(a.renewLock()).isInstanceOf(DcsOutcome.Refused.class);
        assertThat(leader().text()).isEqualTo("b");
    }

    @Test
    void aLostLeaseIsToldAndTheNextCallGetsANewOne() {
        Dcs a = world.open("a");
        assertDone(a.publishMember(member("a")));
        world.revoke(memberKey("a").leaseId());
        assertThat(a.keepLease()).isInstanceOf(DcsOutcome.LeaseLost.class);
        assertDone(a.keepLease());
        assertDone(a.publishMember(member("a")));
        assertThat(memberKey("a").leaseId()).isNotZero();
    }

    @Test
    void publishingUnderALostLeaseSaysSo() {
        Dcs a = world.open("a");
        assertDone(a.publishMember(member("a")));
        world.revoke(memberKey("a").leaseId());
        Member changed = member("a").toBuilder().stateText("stopping").build();
        assertThat(a.publishMember(changed)).isInstanceOf(DcsOutcome.LeaseLost.class);
        assertDone(a.publishMember(changed));
    }

    @Test
    void theRaceIsWonWithANewLeaseWhenTheOldOneWasLost() {
        Dcs a = world.open("a");
        assertDone(a.publishMember(member("a")));
        world.revoke(memberKey("a").leaseId());
        assertDone(a.acquireLock());
    }

    @Test
    void anUnrenewedLeaseTakesLockAndMemberWithItAndWakesTheOthers() {
        Dcs a = world.open("a");
        assertDone(a.publishMember(member("a")));
        assertDone(a.acquireLock());
        assertThat(memberKey("a").leaseId()).isEqualTo(leader().leaseId());
        Dcs b = world.open("b");
        Set<DcsChange> seen = watch(b);
        world.await("the lock expires", () -> seen.contains(DcsChange.LEADER));
        world.await(
                "the copy knows",
                () -> b.watched().filter(ClusterView::isUnlocked).isPresent());
        assertThat(b.watched().orElseThrow().members()).isEmpty();
        assertDone(b.acquireLock());
    }

    @Test
    void onlyTheHolderReleasesTheLock() {
        Dcs a = world.open("a");
        Dcs b = world.open("b");
        assertDone(a.acquireLock());
        assertThat(b.releaseLock(Optional.empty())).isInstanceOf(DcsOutcome.Refused.class);
        assertDone(a.releaseLock(Optional.of(status(77))));
        ClusterView view = view(b);
        assertThat(view.isUnlocked()).isTrue();
        assertThat(view.status().optime()).isEqualTo(new Lsn(77));
        assertThat(a.releaseLock(Optional.empty())).isInstanceOf(DcsOutcome.Refused.class);
    }

    @Test
    void aRefusedReleaseWritesNoStatus() {
        assertDone(world.open("a").acquireLock());
        assertThat(world.open("b").releaseLock(Optional.of(status(77)))).isInstanceOf(DcsOutcome.Refused.class);
        assertThat(world.raw(world.keys().status())).isEmpty();
    }

    @Test
    void takingTheLockAsksNobody() {
        assertDone(world.open("a").acquireLock());
        assertDone(world.open("b").takeLock());
        assertThat(leader().text()).isEqualTo("b");
    }

    @Test
    void anUnchangedMemberIsNotWrittenAgain() {
        Dcs a = world.open("a");
        assertDone(a.publishMember(member("a")));
        long before = memberKey("a").modRevision();
        assertDone(a.publishMember(member("a")));
        view(a);
        assertDone(a.publishMember(member("a")));
        assertThat(memberKey("a").modRevision()).isEqualTo(before);
        assertDone(a.publishMember(member("a").toBuilder().pause(true).build()));
        assertThat(memberKey("a").modRevision()).isGreaterThan(before);
        assertThat(view(a).members().get("a").pause()).isTrue();
    }

    @Test
    void aMemberKeyThatWasDeletedIsWrittenAgainAfterARead() {
        Dcs a = world.open("a");
        assertDone(a.publishMember(member("a")));
        world.delete(world.keys().member("a"));
        view(a);
        assertDone(a.publishMember(member("a")));
        assertThat(memberKey("a").leaseId()).isNotZero();
        assertDone(a.removeMember());
        assertThat(world.raw(world.keys().member("a"))).isEmpty();
    }

    @Test
    void onlyOneMemberMayBootstrapAndTheRightDiesWithIt() {
        Dcs a = world.open("a");
        Dcs b = world.open("b");
        assertDone(a.raceInitialize());
        assertThat(b.raceInitialize()).isInstanceOf(DcsOutcome.Refused.class);
        RawEntry initialize = world.raw(world.keys().initialize()).orElseThrow();
        assertThat(initialize.text()).isEmpty();
        assertThat(initialize.leaseId()).isNotZero();
        world.revoke(initialize.leaseId());
        assertDone(b.raceInitialize());
    }

    @Test
    void theSystemIdentifierOutlivesTheLease() {
        Dcs a = world.open("a");
        assertDone(a.raceInitialize());
        long created = view(a).initializeRevision();
        assertThat(a.writeInitialize("7710421291059866769", OptionalLong.of(created + 1)))
                .isInstanceOf(DcsOutcome.Refused.class);
        assertDone(a.writeInitialize("7710421291059866769", OptionalLong.of(created)));
        assertThat(world.raw(world.keys().initialize()).orElseThrow().leaseId()).isZero();
        assertThat(view(a).systemIdentifier()).contains("7710421291059866769");
        assertThat(a.writeInitialize("1111111111111111111", OptionalLong.of(0))).isInstanceOf(DcsOutcome.Refused.class);
        assertDone(a.cancelInitialize());
        assertDone(a.writeInitialize("1111111111111111111", OptionalLong.of(0)));
        assertDone(a.writeInitialize("2222222222222222222", OptionalLong.empty()));
    }

    @Test
    void aConfigurationThatChangedMeanwhileIsNotOverwritten() {
        Dcs a = world.open("a");
        assertDone(a.writeConfig(Map.of("ttl", 30), OptionalLong.of(0)));
        assertThat(a.writeConfig(Map.of("ttl", 31), OptionalLong.of(0))).isInstanceOf(DcsOutcome.Refused.class);
        long revision = view(a).config().orElseThrow().modRevision();
        assertDone(world.open("b").writeConfig(Map.of("ttl", 40), OptionalLong.of(revision)));
        assertThat(a.writeConfig(Map.of("ttl", 50), OptionalLong.of(revision))).isInstanceOf(DcsOutcome.Refused.class);
        assertDone(a.writeConfig(Map.of("ttl", 60), OptionalLong.empty()));
        assertThat(view(a).config().orElseThrow().values()).isEqualTo(Map.of("ttl", 60));
    }

    @Test
    void theSynchronousStateIsComparedAndItsRevisionTold() {
        Dcs a = world.open("a");
        SyncState state = new SyncState(Optional.of("a"), 0, List.of("b"), 0);
        assertThat(a.writeSync(Optional.of(state), 0).reason()).contains("the leader lock is not held");
        assertDone(a.acquireLock());
        long first = value(a.writeSync(Optional.of(state), 0));
        assertThat(view(a).sync().orElseThrow().modRevision()).isEqualTo(first);
        assertThat(a.writeSync(Optional.of(state), 0)).isInstanceOf(DcsOutcome.Refused.class);
        long second = value(a.writeSync(Optional.of(state), first));
        assertThat(second).isGreaterThan(first);
        assertThat(a.writeSync(Optional.empty(), first)).isInstanceOf(DcsOutcome.Refused.class);
        assertThat(value(a.writeSync(Optional.empty(), second))).isZero();
        assertThat(view(a).sync()).isEmpty();
    }

    @Test
    void theLockIsNotWonWithAnOutdatedSynchronousState() {
        Dcs a = world.open("a");
        Dcs b = world.open("b");
        assertDone(b.acquireLock(OptionalLong.of(0)));
        long revision = value(b.writeSync(Optional.of(new SyncState(Optional.of("b"), 0, List.of(), 0)), 0));
        assertDone(b.releaseLock(Optional.empty()));
        assertThat(a.acquireLock(OptionalLong.of(0)).reason()).contains("the synchronous state was changed");
        assertDone(a.acquireLock(OptionalLong.of(revision)));
        assertThat(b.acquireLock(OptionalLong.of(revision)).reason()).contains("held by");
    }

    @Test
    void aFailoverRequestIsClearedWithAnEmptyObject() {
        Dcs a = world.open("a");
        FailoverRequest request = new FailoverRequest(Optional.of("a"), Optional.of("b"), Optional.empty(), 0);
        assertDone(a.writeFailover(request, OptionalLong.empty()));
        long revision = view(a).failover().orElseThrow().modRevision();
        FailoverRequest none = new FailoverRequest(Optional.empty(), Optional.empty(), Optional.empty(), 0);
        assertThat(a.writeFailover(none, OptionalLong.of(revision + 1))).isInstanceOf(DcsOutcome.Refused.class);
        assertDone(a.writeFailover(none, OptionalLong.of(revision)));
        assertThat(world.raw(world.keys().failover()).orElseThrow().text()).isEqualTo("{}");
    }

    @Test
    void whoDoesNotLeadWritesNeitherStatusNorHistoryNorFailsafe() {
        Dcs a = world.open("a");
        Dcs b = world.open("b");
        assertDone(a.acquireLock());
        assertThat(b.writeStatus(status(5))).isInstanceOf(DcsOutcome.Refused.class);
        assertThat(b.writeHistory(List.of())).isInstanceOf(DcsOutcome.Refused.class);
        assertThat(b.writeFailsafe(Map.of("b", "http://b:8008/patroni"))).isInstanceOf(DcsOutcome.Refused.class);
        assertThat(view(a).history()).isEmpty();
    }

    @Test
    void statusHistoryAndFailsafeAreWrittenOnlyWhenTheyDiffer() {
        Dcs a = world.open("a");
        assertDone(a.acquireLock());
        assertDone(a.writeStatus(status(5)));
        assertDone(a.writeFailsafe(Map.of("a", "http://a:8008/patroni")));
        assertDone(a.writeHistory(
                List.of(new HistoryEntry(Timeline.FIRST, new Lsn(9), "r", Optional.empty(), Optional.empty()))));
        long statusRevision = world.raw(world.keys().status()).orElseThrow().modRevision();
        long failsafeRevision = world.raw(world.keys().failsafe()).orElseThrow().modRevision();
        assertDone(a.writeStatus(status(5)));
        assertDone(a.writeFailsafe(Map.of("a", "http://a:8008/patroni")));
        assertThat(world.raw(world.keys().status()).orElseThrow().modRevision()).isEqualTo(statusRevision);
        assertThat(world.raw(world.keys().failsafe()).orElseThrow().modRevision())
                .isEqualTo(failsafeRevision);
        assertDone(a.writeStatus(status(6)));
        ClusterView view = view(a);
        assertThat(view.status()).isEqualTo(status(6));
        assertThat(view.history().orElseThrow()).hasSize(1);
        assertThat(view.failsafe()).containsOnlyKeys("a");
    }

    @Test
    void aRemovedClusterIsGoneAndItsNeighboursAreNot() {
        Dcs a = world.open("a");
        assertDone(a.publishMember(member("a")));
        assertDone(a.writeConfig(Map.of("ttl", 30), OptionalLong.empty()));
        world.put(world.keys().base() + "2/config", bytes("{}"));
        assertDone(a.removeCluster());
        assertThat(view(a).members()).isEmpty();
        assertThat(view(a).config()).isEmpty();
        assertThat(world.raw(world.keys().base() + "2/config")).isPresent();
        world.delete(world.keys().base() + "2/config");
    }

    @Test
    void theWatchTellsWhatOthersChange() {
        Dcs a = world.open("a");
        Dcs b = world.open("b");
        Set<DcsChange> seen = watch(a);
        assertDone(b.acquireLock());
        assertDone(b.publishMember(member("b")));
        assertDone(b.writeStatus(status(5)));
        assertDone(b.writeConfig(Map.of("ttl", 30), OptionalLong.empty()));
        assertDone(b.writeHistory(List.of()));
        assertDone(b.writeFailover(
                new FailoverRequest(Optional.empty(), Optional.of("a"), Optional.empty(), 0), OptionalLong.empty()));
        world.await(
                "all changes arrive",
                () -> seen.containsAll(EnumSet.of(
                        DcsChange.LEADER,
                        DcsChange.MEMBERS,
                        DcsChange.STATUS,
                        DcsChange.CONFIG,
                        DcsChange.OTHER,
                        DcsChange.FAILOVER)));
        ClusterView copy = a.watched().orElseThrow();
        ClusterView read = view(b);
        assertThat(copy.members()).isEqualTo(read.members());
        assertThat(copy.leader()).isEqualTo(read.leader());
        assertThat(copy.status()).isEqualTo(read.status());
    }

    @Test
    void onesOwnWritesAreInTheCopyAtOnce() {
        Dcs a = world.open("a");
        watch(a);
        assertDone(a.publishMember(member("a")));
        assertThat(a.watched().orElseThrow().members()).containsKey("a");
        assertDone(a.removeMember());
        assertThat(a.watched().orElseThrow().members()).isEmpty();
    }

    @Test
    void withoutAWatchThereIsNoCopy() {
        Dcs a = world.open("a");
        view(a);
        assertThat(a.watched()).isEmpty();
    }

    @Test
    void theWatchSurvivesACompaction() {
        Dcs a = world.open("a");
        watch(a);
        world.compact();
        assertDone(world.open("b").acquireLock());
        world.await(
                "the lock is seen",
                () -> a.watched().filter(view -> view.isLedBy("b")).isPresent());
    }

    @Test
    void aChangedTtlGetsANewLeaseWhileTheOldOneStillHolds() {
        Dcs a = world.open("a");
        assertDone(a.publishMember(member("a")));
        assertDone(a.acquireLock());
        long before = leader().leaseId();
        a.timing(DcsWorld.TTL.multipliedBy(10), DcsWorld.RETRY_TIMEOUT);
        assertThat(leader().leaseId()).isEqualTo(before);
        assertDone(a.renewLock());
        assertDone(a.publishMember(member("a")));
        assertThat(leader().leaseId()).isNotEqualTo(before).isNotZero();
        assertThat(memberKey("a").leaseId()).isEqualTo(leader().leaseId());
        long created = leader().createRevision();
        world.revoke(before);
        assertThat(leader().createRevision()).isEqualTo(created);
    }

    @Test
    void garbageInEveryKeyIsReadWithoutHarm() {
        byte[] notUtf8 = {(byte) 0xff, (byte) 0xfe, '{', 0};
        byte[] huge = bytes("[" + "\"x\",".repeat(270_000) + "1]");
        for (byte[] garbage : List.of(notUtf8, huge, bytes("{\"newer\":{\"schema\":[1,2]}}"), bytes("null"))) {
            for (String key : List.of("config", "status", "failover", "sync", "history", "failsafe", "members/x")) {
                world.put(world.keys().prefix() + key, garbage);
            }
            ClusterView view = view(world.open("a"));
            assertThat(view.members().get("x").connUrl()).isEmpty();
            assertThat(view.status()).isEqualTo(ClusterStatus.NONE);
            assertThat(view.history()).isEmpty();
            assertThat(view.sync().orElseThrow().leader()).isEmpty();
            assertThat(view.failover().orElseThrow().isPresent()).isFalse();
        }
    }

    @Test
    void callsOnAClosedClientFailAndDoNotHang() {
        Dcs a = world.open("a");
        assertDone(a.acquireLock());
        a.close();
        assertThat(a.renewLock().isDone()).isFalse();
        assertThat(a.watched()).isEmpty();
    }

    /** Starts the watch and waits until it is established. */
    private Set<DcsChange> watch(Dcs dcs) {
        ConcurrentLinkedQueue<DcsChange> seen = new ConcurrentLinkedQueue<>();
        dcs.watch(seen::add);
        world.await("the watch is established", () -> dcs.watched().isPresent());
        return new java.util.AbstractSet<>() {
            @Override
            public java.util.Iterator<DcsChange> iterator() {
                return Set.copyOf(seen).iterator();
            }

            @Override
            public int size() {
                return Set.copyOf(seen).size();
            }
        };
    }

    private RawEntry leader() {
        return world.raw(world.keys().leader()).orElseThrow();
    }

    private RawEntry memberKey(String name) {
        return world.raw(world.keys().member(name)).orElseThrow();
    }

    private static Member member(String name) {
        return new MemberBuilder(name)
                .connUrl("postgres://127.0.0.1:5432/postgres")
                .apiUrl("http://127.0.0.1:8008/patroni")
                .state(PostgresState.RUNNING)
                .role(Role.REPLICA)
                .version("4.1.4")
                .build();
    }

    private static ClusterStatus status(long optime) {
        return ClusterStatus.NONE.withOptime(new Lsn(optime));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ClusterView view(Dcs dcs) {
        return value(dcs.read());
    }

    private static <T> T value(DcsOutcome<T> outcome) {
        assertThat(outcome).isInstanceOf(DcsOutcome.Done.class);
        return ((DcsOutcome.Done<T>) outcome).value();
    }

    private static void assertDone(DcsOutcome<?> outcome) {
        assertThat(outcome).isInstanceOf(DcsOutcome.Done.class);
    }
}
