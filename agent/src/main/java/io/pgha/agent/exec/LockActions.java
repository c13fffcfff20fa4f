package io.pgha.agent.exec;

import io.pgha.agent.lease.LeaseGuard;
import io.pgha.agent.port.MemberIdentity;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.FailsafeRound;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.SlotName;
import io.pgha.core.model.SyncState;
import io.pgha.core.model.Timeline;
import io.pgha.dcs.DcsOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes to the DCS that decide who leads. Called on the loop's thread only, so that they never overtake each other. */
final class LockActions {
    private static final Logger LOG = LoggerFactory.getLogger(LockActions.class);

    private static final Duration LONGEST_ROUND = Duration.ofSeconds(4);
    private static final Duration SHORTEST_ROUND = Duration.ofMillis(250);

    private final Surroundings world;
    private final LeaseGuard guard;
    private final SyncActions sync;

    LockActions(Surroundings world, LeaseGuard guard, SyncActions sync) {
        this.world = world;
        this.guard = guard;
        this.sync = sync;
    }

    Outcome acquire(Situation situation) {
        HaSettings settings = situation.settings();
        Optional<String> bound = situation.local().runsAsPrimary()
                ? Optional.empty()
                : guard.failsafe().beginToLead(settings.failsafeMode() ? settings.ttl() : Duration.ZERO);
        OptionalLong judgedBy = settings.sync().isOn()
                ? OptionalLong.of(
                        situation.view().sync().map(SyncState::modRevision).orElse(0L))
                : OptionalLong.empty();
        return bound.<Outcome>map(Outcome.LockRefused::new)
                .orElseGet(() -> hold(situation, () -> world.dcs().acquireLock(judgedBy)));
    }

    Outcome renew(Situation situation) {
        Optional<String> bound = situation.local().runsAsPrimary()
                ? Optional.empty()
                : guard.failsafe().goOnLeading();
        return bound.<Outcome>map(Outcome.LockRefused::new)
                .orElseGet(() -> hold(situation, () -> world.dcs().renewLock()));
    }

    /** In place of a renewal: the proof counts from before the members were asked, as it does with the DCS. */
    Outcome askFailsafe(Situation situation) {
        Map<String, String> members = guard.failsafe()
                .members(situation
                        .memory()
                        .lastLedView()
                        .map(ClusterView::failsafe)
                        .orElse(Map.of()));
        Map<String, String> others = new TreeMap<>(members);
        others.remove(situation.me());
        MonotonicTime askedAt = world.clock().now();
        MemberIdentity me = world.configuration().identity();
        FailsafePing ping =
                new FailsafePing(situation.me(), Optional.of(me.connUrl()), Optional.of(me.apiUrl()), slots(situation));
        List<FailsafeAnswer> answers = members.containsKey(situation.me())
                ? world.peers().failsafe(ping, others, limit(situation, askedAt))
                : List.of();
        FailsafeRound round = new FailsafeRound(askedAt, members.keySet(), answers);
        Optional<String> objection = round.objection(situation.me());
        boolean inTime =
                guard.validUntil().filter(world.clock().now()::isBefore).isPresent();
        if (objection.isPresent() || !inTime) {
            return new Outcome.FailsafeRefused(objection.orElse("the answers came too late"));
        }
        MonotonicTime until = guard.confirmed(
                askedAt,
                round.validFor(situation.settings().ttl()),
                situation.local().postmaster());
        guard.failsafe().agreed(until);
        return new Outcome.FailsafeAgreed(until);
    }

    private static Map<String, Lsn> slots(Situation situation) {
        Map<String, Lsn> positions = new TreeMap<>();
        situation.local().server().ifPresent(server -> {
            positions.put(SlotName.of(situation.me()), server.walPosition());
            server.slots().forEach(slot -> slot.position().ifPresent(lsn -> positions.put(slot.name(), lsn)));
        });
        return positions;
    }

    /** The answers have to be there before a primary without them has to stop in order. */
    private static Duration limit(Situation situation, MonotonicTime now) {
        Duration left = situation
                .lockValidUntil()
                .map(until -> situation.settings().leaseTimes().demoteAt(until).since(now))
                .orElse(Duration.ZERO);
        Duration least = left.compareTo(SHORTEST_ROUND) < 0 ? SHORTEST_ROUND : left;
        return least.compareTo(LONGEST_ROUND) > 0 ? LONGEST_ROUND : least;
    }

    private Outcome hold(Situation situation, Supplier<DcsOutcome<Void>> request) {
        MonotonicTime sentAt = world.clock().now();
        DcsOutcome<Void> answer = request.get();
        if (answer.isDone()) {
            Duration ttl = situation.settings().ttl();
            return new Outcome.LockHeld(
                    isHarmless(situation)
                            ? guard.confirmedWithoutWrites(sentAt, ttl)
                            : guard.confirmed(sentAt, ttl, situation.local().postmaster()));
        }
        boolean definite = answer instanceof DcsOutcome.Refused || answer instanceof DcsOutcome.LeaseLost;
        return definite ? new Outcome.LockRefused(answer.reason()) : new Outcome.LockUncertain(answer.reason());
    }

    /**
     * A standby leader takes no writes, and is not promoted as long as the cluster follows another one. Once it does not,
     * the renewal that precedes the promotion guards it.
     */
    private static boolean isHarmless(Situation situation) {
        return situation.inStandbyCluster() && !situation.mayTakeWrites() && !situation.mayBecomePrimary();
    }

    Outcome release(Situation situation, Optional<Lsn> lastPosition) {
        Optional<ClusterStatus> status =
                lastPosition.map(position -> situation.view().status().withOptime(position));
        DcsOutcome<Void> answer = world.dcs().releaseLock(status);
        return answer.isDone() || answer instanceof DcsOutcome.Refused
                ? new Outcome.LockReleased()
                : new Outcome.CycleEnds();
    }

    /**
     * Claims the number of the timeline that a promotion will begin, so that no two histories ever carry the same one
     * (ADR 0008). Empty when the DCS did not say: nothing is promoted in this cycle, and the next one claims again.
     */
    Optional<Timeline> claimTimeline(Situation situation) {
        Timeline newest = situation.timeline();
        newest = newest.isAfter(situation.view().timeline())
                ? newest
                : situation.view().timeline();
        for (Member member : situation.view().members().values()) {
            newest = member.timeline().isAfter(newest) ? member.timeline() : newest;
        }
        return world.dcs().claimTimeline(newest) instanceof DcsOutcome.Done<Timeline> done
                ? Optional.of(done.value())
                : Optional.empty();
    }

    Outcome raceToInitialize() {
        DcsOutcome<Void> outcome = world.dcs().raceInitialize();
        if (outcome.isDone()) {
            return new Outcome.InitializeWon();
        }
        return outcome instanceof DcsOutcome.Unknown<Void>
                ? new Outcome.InitializeUncertain(outcome.reason())
                : new Outcome.CycleEnds();
    }

    /** The order is Patroni's (facts §5.6): whoever sees the lock finds the rest complete. */
    Outcome publishBootstrap(Situation situation, String systemIdentifier) {
        boolean published = sync.beforeFirstLead(situation).succeeded()
                && world.dcs()
                        .writeInitialize(
                                systemIdentifier,
                                OptionalLong.of(situation.view().initializeRevision()))
                        .isDone()
                && world.dcs()
                        .writeConfig(world.configuration().dynamic(), OptionalLong.empty())
                        .isDone();
        return published ? hold(situation, () -> world.dcs().takeLock()) : new Outcome.CycleEnds();
    }

    Outcome writeInitialize(Situation situation, String systemIdentifier) {
        world.dcs()
                .writeInitialize(
                        systemIdentifier, OptionalLong.of(situation.view().initializeRevision()));
        return new Outcome.CycleEnds();
    }

    Outcome clearFailover(long modRevision) {
        world.dcs()
                .writeFailover(
                        new FailoverRequest(Optional.empty(), Optional.empty(), Optional.empty(), 0),
                        OptionalLong.of(modRevision));
        return new Outcome.CycleEnds();
    }

    /** What a leader mends in a DCS that lost it (facts §5.2 steps 5 and 6). */
    void restoreMissing(Situation situation) {
        boolean born = situation.view().systemIdentifier().isEmpty();
        if (born) {
            situation.local().systemIdentifier().ifPresent(id -> world.dcs().writeInitialize(id, OptionalLong.empty()));
        }
        if (situation.view().config().filter(DynamicConfigKey::valid).isEmpty()) {
            LOG.atLevel(born ? Level.INFO : Level.WARN)
                    .log(
                            "the key config in the DCS {}: writing the configuration in force",
                            situation.view().config().isPresent() ? "holds no JSON object" : "is missing");
            world.dcs().writeConfig(world.configuration().dynamic(), OptionalLong.empty());
        }
    }
}
