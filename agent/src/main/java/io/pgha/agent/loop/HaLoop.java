package io.pgha.agent.loop;

import io.pgha.agent.exec.ActionExecutor;
import io.pgha.agent.exec.StopProgress;
import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.lease.FailsafeRegister;
import io.pgha.agent.lease.LeaseGuard;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.LockRenewal;
import io.pgha.core.decide.Memory;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Role;
import io.pgha.core.rules.DecisionTable;
import io.pgha.dcs.DcsChange;
import io.pgha.restapi.LoopStatistics;
import io.pgha.restapi.NodeSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes, decides and acts, again and again: woken by the exit of the postmaster, a change in the DCS, the end of a
 * Job or an order, and after loop_wait at the latest. Everything but the orders happens on the caller's thread.
 */
public final class HaLoop {
    private static final Logger LOG = LoggerFactory.getLogger(HaLoop.class);

    /** A cycle that decides more often than this decides in circles, which is a bug. */
    private static final int MOST_STEPS = 10;

    private final Surroundings world;
    private final DecisionTable table;
    private final LeaseGuard guard;
    private final Observer observer;
    private final ActionExecutor executor;
    private final Upkeep upkeep;
    private final Chronicle chronicle;
    private final Story story;
    private final RoleTracker roles;
    private final SnapshotWriter snapshots;
    private final Journal journal = new Journal();
    private final Complaints complaints = new Complaints();
    private Memory memory;
    private long cycles;
    private Optional<MonotonicTime> due = Optional.empty();
    private Optional<Duration> lookAgain = Optional.empty();
    private volatile boolean shutDown;
    private volatile boolean detach;
    private volatile boolean memberChangesMatter = true;

    /** A loop that no operator orders anything from. */
    public HaLoop(
            Surroundings world,
            DecisionTable table,
            LeaseGuard guard,
            String version,
            Consumer<NodeSnapshot> snapshots) {
        this(world, table, guard, version, snapshots, new Inbox(world.doorbell()));
    }

    /**
     * @param world everything outside
     * @param table the rules
     * @param guard the lease guard, which the caller shares with nobody but this loop
     * @param version pgha's own version, for those who ask
     * @param snapshots where each cycle's findings are published
     * @param inbox what operators order from this node
     */
    public HaLoop(
            Surroundings world,
            DecisionTable table,
            LeaseGuard guard,
            String version,
            Consumer<NodeSnapshot> snapshots,
            Inbox inbox) {
        this.world = world;
        this.table = table;
        this.guard = guard;
        // Until the DCS has been read, what an earlier life of this agent heard of a pause counts.
        this.memory = Memory.EMPTY.toBuilder()
                .paused(world.configuration().settings().paused())
                .build();
        StopProgress stops = new StopProgress(world.doorbell());
        this.observer = new Observer(world, guard, stops, inbox);
        this.executor = new ActionExecutor(world, guard, stops, inbox);
        this.upkeep = new Upkeep(world, executor, guard.failsafe());
        this.chronicle = new Chronicle(world.events());
        this.story = new Story(world);
        this.roles = new RoleTracker(world.callbacks());
        this.snapshots = new SnapshotWriter(world, guard, version, snapshots);
        world.postgres().onPostmasterExit(world.doorbell()::ring);
        world.dcs().watch(this::dcsChanged);
    }

    /**
     * Runs until the agent is to end.
     *
     * @param afterCycle told after each cycle, for readiness and watchdog; may throw nothing
     * @return the exit code
     * @throws InterruptedException when the thread is interrupted while it sleeps
     */
    public int run(Runnable afterCycle) throws InterruptedException {
        while (true) {
            Duration sleep = cycle();
            afterCycle.run();
            OptionalInt code = executor.exitCode();
            if (code.isPresent()) {
                return code.getAsInt();
            }
            if (detach) {
                return 0;
            }
            due = Optional.of(world.clock().now().plus(sleep));
            world.doorbell().await(sleep);
        }
    }

    /** Orders to stop PostgreSQL in order, to hand the lock over, and then to end. Any thread. */
    public void shutDown() {
        shutDown = true;
        world.doorbell().ring();
    }

    /**
     * Orders to end at once and to leave PostgreSQL and the lock as they are: a new agent takes over, or the dead-man
     * acts. Any thread.
     */
    public void detach() {
        detach = true;
        world.doorbell().ring();
    }

    /** One cycle. Returns how long the loop may sleep after it. */
    Duration cycle() {
        MonotonicTime begin = world.clock().now();
        Duration lateness =
                due.map(begin::since).filter(late -> !late.isNegative()).orElse(Duration.ZERO);
        cycles++;
        Situation observed = observer.observe(memory, shutDown);
        chronicle.observed(observed, observed.now().since(begin));
        guardOrNot(observed);
        Situation situation = decideAndAct(observed, begin);
        memory = situation.memory();
        boolean answered = true;
        Role role = RoleTracker.of(situation);
        if (situation.dcsSeen() && wentOnWithoutTheDcs(situation)) {
            answered = false;
            observer.reader().distrust();
        } else if (situation.dcsSeen()) {
            answered = upkeep.run(situation, role);
            if (answered) {
                observer.reader().answered();
            } else {
                observer.reader().distrust();
            }
        } else {
            upkeep.withoutTheDcs(situation);
        }
        afterwards(situation, role);
        if (situation.dcsSeen() && answered) {
            story.publish();
        }
        Duration sleep = shortened(Pace.after(situation, answered, world.clock().now()));
        LoopStatistics statistics = new LoopStatistics(
                cycles, journal.counts(), lateness, world.clock().now().since(begin));
        snapshots.write(
                situation,
                role,
                journal,
                statistics,
                upkeep.logicalSlots(),
                observer.reader().lastSeen(),
                sleep);
        return sleep;
    }

    /** Before anything is decided: in pause neither guard nor dead-man may stop what the rules leave alone. */
    private void guardOrNot(Situation observed) {
        if (observed.paused()) {
            guard.suspend();
        } else {
            guard.resume();
        }
    }

    /** What this node has just changed is read anew, and soon where that was asked for. */
    private Duration shortened(Duration sleep) {
        lookAgain.ifPresent(soon -> observer.reader().distrust());
        Duration shortest = lookAgain.filter(soon -> soon.compareTo(sleep) < 0).orElse(sleep);
        lookAgain = Optional.empty();
        return shortest;
    }

    private Situation decideAndAct(Situation observed, MonotonicTime begin) {
        Situation situation = observed;
        for (int step = 0; step < MOST_STEPS; step++) {
            if (isTooOld(situation, begin)) {
                return situation;
            }
            Decision decision = table.decide(situation);
            journal.record(decision, situation);
            MonotonicTime began = world.clock().now();
            Outcome outcome = executor.enact(decision.action(), situation);
            chronicle.decided(
                    situation,
                    decision,
                    outcome,
                    began,
                    executor.takeStartedJob(),
                    world.clock().now());
            situation =
                    situation.after(outcome, decision.memory(), world.clock().now());
            if (outcome instanceof Outcome.LookAgain again) {
                lookAgain = Optional.of(again.after());
                return situation;
            }
            if (outcome instanceof Outcome.CycleEnds || outcome instanceof Outcome.InitializeUncertain) {
                return situation;
            }
        }
        throw new IllegalStateException("a cycle took more than " + MOST_STEPS + " decisions; the last rules: "
                + journal.rule() + ": " + journal.reason());
    }

    /**
     * Whether this process was frozen in the middle of the cycle: in more than a ttl another member may have led and
     * gone again, and a renewal would take the lock as if nothing had happened.
     */
    private boolean isTooOld(Situation situation, MonotonicTime begin) {
        Duration age = world.clock().now().since(begin);
        if (age.compareTo(situation.settings().ttl()) < 0) {
            return false;
        }
        LOG.warn("The cycle began {} ms ago: what was seen is too old to act on, looking again", age.toMillis());
        observer.reader().distrust();
        world.doorbell().ring();
        return true;
    }

    /** Whether the members were asked in place of the DCS, which needs no further proof of its silence. */
    private static boolean wentOnWithoutTheDcs(Situation situation) {
        return situation.renewal() instanceof LockRenewal.Agreed
                || situation.renewal() instanceof LockRenewal.Disagreed;
    }

    private void register(Situation situation, boolean mayBecomePrimary) {
        FailsafeRegister register = guard.failsafe();
        register.observed(
                situation.mayTakeWrites()
                        ? FailsafeRegister.ServerSeen.WRITABLE
                        : FailsafeRegister.ServerSeen.HARMLESS);
        boolean leads = !situation.dcsSeen()
                || situation.lockKeyIsMine()
                || situation.mayTakeWrites()
                || mayBecomePrimary
                || situation.renewalUnanswered().isPresent();
        if (!leads) {
            register.leadsNoMore();
        }
        if (situation.lockRenewed()) {
            register.over();
        }
    }

    private void afterwards(Situation situation, Role role) {
        roles.cycle(situation);
        complaints.heard(situation.local().complaint(), situation.orders().missingFence());
        world.configuration().role(role);
        boolean mayBecomePrimary = situation.mayBecomePrimary();
        register(situation, mayBecomePrimary);
        // What is not guarded may be remembered: a standby leader is one until its lock ends.
        boolean wantsTheLock =
                situation.dcsSeen() ? situation.lockKeyIsMine() : situation.inStandbyCluster() && !guard.isGuarding();
        if (!wantsTheLock && !situation.mayTakeWrites() && !mayBecomePrimary) {
            guard.standDown();
        }
        memberChangesMatter = situation.unlocked() || !situation.local().postmasterRuns();
    }

    private void dcsChanged(DcsChange change) {
        LOG.debug("change in the DCS: {}", change);
        observer.reader().changed(change);
        boolean wakes = switch (change) {
            case LEADER, CONFIG, FAILOVER, SYNC, UNCERTAIN -> true;
            // A led member that runs needs neither before its next cycle, which reads them anew.
            case MEMBERS, OTHER -> memberChangesMatter;
            case STATUS -> false;
        };
        if (wakes) {
            world.doorbell().ring();
        }
    }
}
