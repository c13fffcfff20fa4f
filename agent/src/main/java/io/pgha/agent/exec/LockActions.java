package io.pgha.agent.exec;

import io.pgha.agent.lease.LeaseGuard;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Timeline;
import io.pgha.dcs.DcsOutcome;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the DCS that decide who leads. Called on the loop's thread only, so that they never overtake each other. */
final class LockActions {
    private static final Logger LOG = LoggerFactory.getLogger(LockActions.class);

    private final Surroundings world;
    private final LeaseGuard guard;

    LockActions(Surroundings world, LeaseGuard guard) {
        this.world = world;
        this.guard = guard;
    }

    Outcome acquire(Situation situation) {
        return hold(situation, () -> world.dcs().acquireLock());
    }

    Outcome renew(Situation situation) {
        return hold(situation, () -> world.dcs().renewLock());
    }

    private Outcome hold(Situation situation, Supplier<DcsOutcome<Void>> request) {
        MonotonicTime sentAt = world.clock().now();
        DcsOutcome<Void> answer = request.get();
        if (answer.isDone()) {
            return new Outcome.LockHeld(guard.confirmed(
                    sentAt, situation.settings().ttl(), situation.local().postmaster()));
        }
        boolean definite = answer instanceof DcsOutcome.Refused || answer instanceof DcsOutcome.LeaseLost;
        return definite ? new Outcome.LockRefused(answer.reason()) : new Outcome.LockUncertain(answer.reason());
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
        return world.dcs().raceInitialize().isDone() ? new Outcome.InitializeWon() : new Outcome.CycleEnds();
    }

    /** The order is Patroni's (facts §5.6): whoever sees the lock finds the rest complete. */
    Outcome publishBootstrap(Situation situation, String systemIdentifier) {
        boolean published = world.dcs()
                        .writeInitialize(
                                systemIdentifier,
                                OptionalLong.of(situation.view().initializeCreateRevision()))
                        .isDone()
                && world.dcs()
                        .writeConfig(world.configuration().dynamic(), OptionalLong.empty())
                        .isDone();
        return published ? hold(situation, () -> world.dcs().takeLock()) : new Outcome.CycleEnds();
    }

    Outcome writeInitialize(Situation situation, String systemIdentifier) {
        world.dcs()
                .writeInitialize(
                        systemIdentifier, OptionalLong.of(situation.view().initializeCreateRevision()));
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
        if (situation.view().systemIdentifier().isEmpty()) {
            situation.local().systemIdentifier().ifPresent(id -> world.dcs().writeInitialize(id, OptionalLong.empty()));
        }
        if (situation.view().config().filter(DynamicConfigKey::valid).isEmpty()) {
            LOG.warn(
                    "the key config in the DCS {}: writing the configuration in force",
                    situation.view().config().isPresent() ? "holds no JSON object" : "is missing");
            world.dcs().writeConfig(world.configuration().dynamic(), OptionalLong.empty());
        }
    }
}
