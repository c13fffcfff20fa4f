package io.pgha.agent.loop;

import io.pgha.agent.exec.ActionExecutor;
import io.pgha.agent.lease.FailsafeRegister;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.FailsafeKey;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Member;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Role;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Timeline;
import io.pgha.core.slots.LogicalFeed;
import io.pgha.core.slots.SlotCondition;
import io.pgha.dcs.DcsOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done in every cycle whatever was decided: the member key, and for a leader status, history, failsafe key,
 * slots and the first checkpoint of a timeline. Nothing here changes who leads.
 */
final class Upkeep {
    private static final Duration CHECKPOINT_DEADLINE = Duration.ofHours(1);

    private final Surroundings world;
    private final ActionExecutor executor;
    private final SlotUpkeep slots;
    private final FailsafeRegister register;
    private Optional<MonotonicTime> leaseKeptAt = Optional.empty();
    private Timeline historyWritten = Timeline.UNKNOWN;
    private FailsafeKey failsafeKey = FailsafeKey.UNWATCHED;

    Upkeep(Surroundings world, ActionExecutor executor, FailsafeRegister register) {
        this.world = world;
        this.register = register;
        this.executor = executor;
        this.slots = new SlotUpkeep(world);
    }

    /**
     * Does it.
     *
     * @param situation as the cycle left it
     * @return whether the DCS answered all of it
     */
    boolean run(Situation situation, Role role) {
        boolean answered = keepLease(situation) && publish(situation, role);
        Optional<ServerStatus> server = situation.local().server();
        world.configuration().feedsLogicalSlots(LogicalFeed.passes(situation.view(), situation.me()));
        boolean leads = situation.lockRenewed() && (situation.local().runsAsPrimary() || situation.inStandbyCluster());
        if (leads && server.isPresent()) {
            lead(situation, server.get());
        } else {
            historyWritten = Timeline.UNKNOWN;
            failsafeKey = FailsafeKey.UNWATCHED;
            slots.follow(situation);
        }
        boolean streams = situation.streams();
        List<String> replaced =
                streams && !situation.job().isRunning() ? world.postgres().replacedData() : List.of();
        if (!replaced.isEmpty()) {
            world.jobs()
                    .backgroundQuietly(
                            "removing replaced data", () -> world.postgres().discardReplacedData(replaced));
        }
        if (server.isPresent() && !situation.job().isRunning()) {
            slots.run(situation, server.get());
        } else {
            slots.notSeen();
        }
        return answered;
    }

    /** Whether consumers of logical slots could go on with this node, by slot; empty: not known, or the cluster has none. */
    Optional<Map<String, SlotCondition>> logicalSlots() {
        return slots.conditions();
    }

    /** For a cycle in which the DCS was not seen: a standby brings its slots forward as a primary in failsafe mode says. */
    void withoutTheDcs(Situation situation) {
        failsafeKey = FailsafeKey.UNWATCHED;
        Optional<ServerStatus> server = situation.local().server();
        Optional<FailsafePing> ping = register.promise();
        if (server.isPresent() && ping.isPresent() && !situation.job().isRunning()) {
            slots.moveAsToldBy(ping.get(), situation, server.get());
        }
    }

    /** A holder of the lock prolongs the lease with the lock and in no other way (rule 1 of the promise). */
    private boolean keepLease(Situation situation) {
        MonotonicTime now = world.clock().now();
        if (situation.lockRenewed()) {
            leaseKeptAt = Optional.of(now);
            return true;
        }
        long lately = situation.settings().loopWait().toMillis() * 9 / 10;
        boolean recent =
                leaseKeptAt.filter(at -> now.since(at).toMillis() < lately).isPresent();
        if (situation.lockKeyIsMine() || recent) {
            return true;
        }
        boolean kept = world.dcs().keepLease().isDone();
        leaseKeptAt = kept ? Optional.of(now) : Optional.empty();
        return kept;
    }

    private boolean publish(Situation situation, Role role) {
        Member me = MemberKey.of(situation, world.configuration(), role);
        DcsOutcome<Void> outcome = world.dcs().publishMember(me);
        if (!outcome.isDone()) {
            leaseKeptAt = Optional.empty();
        }
        return outcome.isDone();
    }

    private void lead(Situation situation, ServerStatus server) {
        executor.restoreMissing(situation);
        boolean told = world.dcs().writeStatus(slots.status(situation, server)).isDone();
        // Who sees this timeline in the history takes the status for that of its leader.
        if (told && !server.inRecovery()) {
            history(situation, server);
        }
        if (situation.settings().failsafeMode()) {
            failsafeKey = failsafeKey.seen(
                    situation.view(), situation.settings().ttl(), world.clock().now());
            Map<String, String> members = failsafeKey.names(
                    situation.view(),
                    situation.me(),
                    world.configuration().identity().apiUrl());
            register.writing(members);
            world.dcs().writeFailsafe(members);
        }
        if (MemberKey.checkpointIsDue(situation)) {
            world.jobs().background("checkpoint", () -> world.postgres().checkpoint(CHECKPOINT_DEADLINE));
        }
    }

    /** Facts §1.10; once for a timeline, as nothing else changes it. */
    private void history(Situation situation, ServerStatus server) {
        if (!server.timeline().isKnown() || historyWritten.equals(server.timeline())) {
            return;
        }
        Optional<List<HistoryEntry>> wanted = ClusterHistory.wanted(
                situation.view().history(),
                server.timeline(),
                () -> world.postgres().history(server.timeline()),
                situation.me(),
                situation.settings().maxTimelinesHistory());
        boolean done =
                wanted.isEmpty() || world.dcs().writeHistory(wanted.get()).isDone();
        historyWritten = done ? server.timeline() : Timeline.UNKNOWN;
    }
}
