package io.pgha.sim.agent;

import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Handover;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Upstream;
import io.pgha.core.view.ClusterFlags;
import io.pgha.dcs.DcsChange;
import io.pgha.dcs.DcsOutcome;
import io.pgha.restapi.NodeSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A member that behaves as Patroni 4.1 (facts §1, §5), without watchdog, in an asynchronous cluster: one cycle every
 * loop_wait, and no guard that stops PostgreSQL between two cycles. It knows nothing of what pgha adds: no claims of
 * timelines, no dead-man, no end of the lock but the one that it sees.
 */
public final class PatroniAgent implements SimAgent {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration STOP_POLL = Duration.ofMillis(200);

    /** A call to the DCS that has no answer ends the cycle (facts §5.15). */
    private static final class DcsFailure extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Surroundings world;
    private final Inbox inbox;
    private final PatroniServer server;
    private final PatroniKeys keys;
    private final PatroniRace race;
    private Optional<MonotonicTime> lockUntil = Optional.empty();
    private Optional<ClusterView> lastView = Optional.empty();
    private Optional<MonotonicTime> noRaceUntil = Optional.empty();
    private Optional<NodeSnapshot> snapshot = Optional.empty();
    private boolean primary;
    private boolean recovering;
    private boolean paused;
    private boolean handingOver;
    private boolean ends;
    private volatile boolean shutDown;
    private volatile boolean detach;

    public PatroniAgent(Surroundings world) {
        this.world = world;
        this.inbox = new Inbox(world.doorbell());
        this.server = new PatroniServer(world);
        this.keys = new PatroniKeys(world);
        this.race = new PatroniRace(world);
        world.dcs().watch(this::changed);
    }

    private void changed(DcsChange change) {
        if (change == DcsChange.LEADER || change == DcsChange.CONFIG) {
            world.doorbell().ring();
        }
    }

    @Override
    public void run() {
        MonotonicTime next = world.clock().now();
        while (!ends && !detach) {
            if (shutDown) {
                end();
                return;
            }
            cycle();
            MonotonicTime now = world.clock().now();
            next = next.plus(settings().loopWait());
            Duration sleep = next.isAfter(now) ? next.since(now) : SHORTEST;
            if (rests(sleep) || !next.isAfter(now)) {
                next = world.clock().now();
            }
        }
    }

    private boolean rests(Duration longest) {
        try {
            return world.doorbell().await(longest);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts here", e);
        }
    }

    private HaSettings settings() {
        return world.configuration().settings();
    }

    private void cycle() {
        Optional<PostgresObservation> seen = Optional.empty();
        try {
            if (!(world.dcs().read() instanceof DcsOutcome.Done<ClusterView> read)) {
                throw new DcsFailure();
            }
            ClusterView view = read.value();
            lastView = Optional.of(view);
            view.config().ifPresent(world.configuration()::offer);
            paused = ClusterFlags.of(view).paused();
            if (!view.isLedBy(settings().name())) {
                lockUntil = Optional.empty();
            }
            JobStatus job = world.jobs().takeStatus();
            PostgresObservation local = world.postgres().observe();
            seen = Optional.of(local);
            primary = local.mayTakeWrites();
            boolean moved = job.finished()
                    .filter(finished -> movesTheLock(finished, local, view))
                    .isPresent();
            if (!moved) {
                decide(view, local, job);
            }
            if (lockUntil.isEmpty()) {
                world.dcs().keepLease();
            }
            world.dcs().publishMember(keys.member(local, view));
        } catch (DcsFailure e) {
            withoutDcs();
        }
        PostgresObservation local = seen.orElseGet(world.postgres()::observe);
        snapshot = Optional.of(keys.snapshot(local, lastView, lockUntil));
    }

    /** Mode offline, when nothing proves the lock any longer. */
    private void withoutDcs() {
        if ((primary || server.promoteOrdered()) && !paused) {
            lockUntil = Optional.empty();
            primary = false;
            server.demote(StopMode.FAST);
            server.startStandby(Optional.empty());
        }
    }

    /** A definite answer: yes or no. Anything else ends the cycle. */
    private static boolean says(DcsOutcome<?> outcome) {
        if (outcome.isDone()) {
            return true;
        } else if (outcome instanceof DcsOutcome.Refused || outcome instanceof DcsOutcome.LeaseLost) {
            return false;
        }
        throw new DcsFailure();
    }

    private boolean gets(Supplier<DcsOutcome<Void>> lock) {
        MonotonicTime sent = world.clock().now();
        boolean done = says(lock.get());
        lockUntil = done ? Optional.of(sent.plus(settings().ttl())) : Optional.empty();
        return done;
    }

    private void release(ClusterView view, Optional<Lsn> last) {
        lockUntil = Optional.empty();
        ClusterStatus status = view.status();
        says(world.dcs().releaseLock(last.map(status::withOptime)));
    }

    private void decide(ClusterView view, PostgresObservation local, JobStatus job) {
        boolean mine = view.isLedBy(settings().name());
        if (ends) {
            return;
        } else if (job.isRunning()) {
            whileWorking(mine, local);
        } else if (paused) {
            inPause(view, local, mine);
        } else if (handingOver) {
            handingOver = false;
            release(view, server.shutdownCheckpoint());
        } else if (local.dataDirectory() != DataDirectory.PRESENT) {
            withoutData(view, local, mine);
        } else if (isForeign(view, local)) {
            ends = true;
        } else if (mine) {
            lead(view, local);
        } else if (!local.postmasterRuns()) {
            server.recover(local, view, upstream(view));
        } else if (local.state() == PostgresState.STARTING) {
            return;
        } else if (view.isUnlocked()) {
            raceFor(view, local);
        } else {
            follow(view, local);
        }
    }

    private static boolean isForeign(ClusterView view, PostgresObservation local) {
        return view.systemIdentifier()
                .filter(known -> local.systemIdentifier()
                        .filter(own -> !own.equals(known))
                        .isPresent())
                .isPresent();
    }

    private Optional<Upstream> upstream(ClusterView view) {
        return view.leaderMember()
                .filter(member -> !member.name().equals(settings().name()))
                .flatMap(Upstream::of);
    }

    /** What follows from the end of a Job; true when the lock was taken or released, so that the view is old. */
    private boolean movesTheLock(JobStatus.Finished job, PostgresObservation local, ClusterView view) {
        boolean starts = job.kind() == JobKind.START_PRIMARY || job.kind() == JobKind.START_STANDBY;
        recovering = starts && !job.succeeded() && !local.postmasterRuns();
        if (job.kind() == JobKind.PROMOTE && server.preparing()) {
            noRaceUntil = Optional.of(world.clock().now().plus(settings().ttl()));
            release(view, Optional.empty());
            return true;
        } else if (job.kind() == JobKind.BOOTSTRAP) {
            bootstrapped(job, local);
            return true;
        }
        return false;
    }

    private void bootstrapped(JobStatus.Finished job, PostgresObservation local) {
        if (!job.succeeded() || local.systemIdentifier().isEmpty()) {
            world.dcs().cancelInitialize();
            world.postgres().abandonBootstrap();
            ends = true;
            return;
        }
        says(world.dcs().writeInitialize(local.systemIdentifier().get(), OptionalLong.empty()));
        says(world.dcs().writeConfig(world.configuration().dynamic(), OptionalLong.empty()));
        gets(world.dcs()::takeLock);
    }

    /** Facts §5.4. */
    private void whileWorking(boolean mine, PostgresObservation local) {
        boolean holds = mine && gets(world.dcs()::renewLock);
        if (holds || paused) {
            return;
        }
        if (local.mayTakeWrites() || server.promoteOrdered()) {
            server.demote(StopMode.IMMEDIATE);
        } else if (server.preparing()) {
            world.jobs().cancel();
        }
    }

    /** Facts §5.17: who leads goes on, and nobody does anything. */
    private void inPause(ClusterView view, PostgresObservation local, boolean mine) {
        if (mine && !local.mayTakeWrites()) {
            release(view, Optional.empty());
        } else if (mine) {
            gets(world.dcs()::renewLock);
            local.server().ifPresent(status -> says(world.dcs().writeStatus(keys.status(status, view))));
        } else if (view.isUnlocked() && local.runsAsPrimary() && !isForeign(view, local)) {
            gets(world.dcs()::acquireLock);
        }
    }

    /** Facts §5.6. */
    private void withoutData(ClusterView view, PostgresObservation local, boolean mine) {
        if (mine) {
            release(view, Optional.empty());
        } else if (local.dataDirectory().takesCopy()) {
            Optional<Upstream> leader = upstream(view);
            boolean free = view.isUnlocked() && view.initialize().isEmpty();
            if (leader.isPresent()) {
                server.copy(leader.get());
            } else if (free
                    && !settings().tags().nofailover()
                    && says(world.dcs().raceInitialize())) {
                server.bootstrap();
            }
        }
    }

    /** Facts §5.8. */
    private void raceFor(ClusterView view, PostgresObservation local) {
        boolean waits = noRaceUntil.filter(world.clock().now()::isBefore).isPresent();
        Optional<ServerStatus> status = local.server();
        if (status.isPresent() && !waits && race.mayLead(view, status.get())) {
            if (gets(world.dcs()::acquireLock)) {
                view.failover().filter(FailoverRequest::isPresent).ifPresent(this::clear);
                if (status.get().inRecovery()) {
                    server.promote();
                }
                return;
            }
        }
        if (local.mayTakeWrites()) {
            server.demote(StopMode.IMMEDIATE);
        }
    }

    private void follow(ClusterView view, PostgresObservation local) {
        if (local.mayTakeWrites()) {
            server.demote(StopMode.IMMEDIATE);
        } else if (local.runsAsStandby()) {
            upstream(view).ifPresent(leader -> server.follow(local, leader));
        }
    }

    /** Facts §5.7 and §5.9, for the owner of the lock. */
    private void lead(ClusterView view, PostgresObservation local) {
        if (recovering) {
            recovering = false;
            release(view, Optional.empty());
        } else if (!gets(world.dcs()::renewLock)) {
            if (local.mayTakeWrites()) {
                server.demote(StopMode.IMMEDIATE);
            }
        } else if (!local.postmasterRuns()) {
            startAgain(view, local);
        } else if (local.state() == PostgresState.STARTING) {
            giveUpStart(view);
        } else {
            repairKeys(view, local);
            if (!handsOver(view, local)) {
                enforce(view, local);
            }
        }
    }

    private void repairKeys(ClusterView view, PostgresObservation local) {
        if (view.systemIdentifier().isEmpty() && local.systemIdentifier().isPresent()) {
            says(world.dcs().writeInitialize(local.systemIdentifier().get(), OptionalLong.empty()));
        }
        if (view.config().isEmpty()) {
            says(world.dcs().writeConfig(world.configuration().dynamic(), OptionalLong.empty()));
        }
    }

    private void startAgain(ClusterView view, PostgresObservation local) {
        Duration limit = settings().primaryStartTimeout();
        boolean wasPrimary =
                local.control().filter(data -> data.state().leftAsPrimary()).isPresent() && !local.standbySignal();
        if (limit.isZero() && race.failoverIsPossible(view, Requests.NONE, Lsn.ZERO)) {
            release(view, Optional.empty());
        } else if (wasPrimary) {
            server.startAgain(limit.isZero() ? settings().ttl() : limit);
        } else {
            server.startStandby(Optional.empty());
        }
    }

    /** It is starting still when its time is over. */
    private void giveUpStart(ClusterView view) {
        if (race.failoverIsPossible(view, Requests.NONE, Lsn.ZERO)) {
            server.demote(StopMode.IMMEDIATE);
            release(view, Optional.empty());
        }
    }

    private void enforce(ClusterView view, PostgresObservation local) {
        if (local.runsAsStandby()) {
            server.promote();
            return;
        }
        if (PatroniKeys.checkpointIsDue(local)) {
            world.jobs()
                    .background(
                            "checkpoint",
                            () -> world.postgres().checkpoint(settings().ttl()));
        }
        local.server().ifPresent(status -> {
            says(world.dcs().writeStatus(keys.status(status, view)));
            keys.history(status.timeline(), view)
                    .ifPresent(lines -> says(world.dcs().writeHistory(lines)));
            var plan = keys.slots(status, view);
            if (!plan.isEmpty()) {
                world.jobs().background("slots", () -> world.postgres().applySlots(plan));
            }
        });
    }

    /** Facts §5.11, "manual request seen by the lock owner". */
    private boolean handsOver(ClusterView view, PostgresObservation local) {
        Optional<FailoverRequest> present = view.failover().filter(FailoverRequest::isPresent);
        if (present.isEmpty() || !local.runsAsPrimary()) {
            return false;
        }
        FailoverRequest request = present.get();
        if (request.scheduledAt().isPresent()) {
            Optional<Instant> at = Handover.time(request);
            Instant now = world.clock().wall();
            Duration late = settings().loopWait().multipliedBy(3).dividedBy(2);
            if (at.isEmpty() || at.get().plus(late).isBefore(now)) {
                clear(request);
                return false;
            } else if (now.isBefore(at.get())) {
                return false;
            }
        }
        String me = settings().name();
        boolean forMe = request.leader().filter(name -> !name.equals(me)).isEmpty()
                && request.candidate().filter(me::equals).isEmpty();
        if (forMe && race.failoverIsPossible(view, request, Lsn.ZERO)) {
            handingOver = true;
            server.demoteInOrder();
            return true;
        }
        clear(request);
        return false;
    }

    private void clear(FailoverRequest request) {
        says(world.dcs().writeFailover(Requests.NONE, OptionalLong.of(request.modRevision())));
    }

    /** The daemon ends: PostgreSQL is stopped in order and the lock is handed over; in pause both stay. */
    private void end() {
        world.jobs().cancel();
        for (int i = 0; i < 100 && world.jobs().takeStatus().isRunning(); i++) {
            rests(STOP_POLL);
        }
        if (paused) {
            return;
        }
        server.demote(StopMode.FAST);
        lastView.ifPresent(view -> {
            if (view.isLedBy(settings().name())) {
                world.dcs().releaseLock(server.shutdownCheckpoint().map(view.status()::withOptime));
            }
            world.dcs().publishMember(keys.member(world.postgres().observe(), view));
        });
    }

    @Override
    public void shutDown() {
        shutDown = true;
        world.doorbell().ring();
    }

    @Override
    public void detach() {
        detach = true;
        world.doorbell().ring();
    }

    @Override
    public FailsafeAnswer failsafe(FailsafePing ping) {
        return FailsafeAnswer.refused(settings().name(), "failsafe mode is off");
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public Optional<NodeSnapshot> snapshot() {
        return snapshot;
    }

    /** What the key failover may say. */
    private static final class Requests {
        static final FailoverRequest NONE =
                new FailoverRequest(Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }
}
