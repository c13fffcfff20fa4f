package io.pgha.agent.loop;

import io.pgha.agent.exec.StopProgress;
import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.lease.LeaseGuard;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.DcsSight;
import io.pgha.core.decide.FollowTarget;
import io.pgha.core.decide.Memory;
import io.pgha.core.decide.Orders;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/** Looks at everything that a decision may depend on, once a cycle. */
final class Observer {
    private final Surroundings world;
    private final LeaseGuard guard;
    private final StopProgress stops;
    private final Inbox inbox;
    private final DcsReader reader;
    private final ClockJump jump;
    private boolean quiet;

    Observer(Surroundings world, LeaseGuard guard, StopProgress stops, Inbox inbox) {
        this.world = world;
        this.guard = guard;
        this.stops = stops;
        this.inbox = inbox;
        this.reader = new DcsReader(world.clock(), world.dcs());
        this.jump = new ClockJump(world.clock());
    }

    DcsReader reader() {
        return reader;
    }

    /**
     * The situation now. The order matters: a Job that is seen as finished has finished before PostgreSQL is looked
     * at, so that its result and the server's state fit together.
     */
    Situation observe(Memory memory, boolean shutDown) {
        if (jump.happened()) {
            guard.voidProof();
        }
        HaSettings settings = world.configuration().settings();
        DcsSight sight = reader.read(settings, guard.validUntil(), quiet && !shutDown);
        if (sight instanceof DcsSight.Seen seen) {
            seen.view().config().ifPresent(world.configuration()::offer);
            world.configuration().among(seen.view());
        }
        sight = guard.failsafe().promise().map(FailsafeLeader.in(sight, memory)).orElse(sight);
        JobStatus job = world.jobs().takeStatus();
        PostgresObservation local = world.postgres().observe();
        Situation situation = Situation.observed(
                sight,
                local,
                job,
                world.configuration().settings(),
                guard.validUntil(),
                followsUpstream(sight, local, job, memory),
                new Orders(
                        shutDown,
                        stops.shutdownCheckpoint(),
                        inbox.orders(),
                        world.fence().missing()),
                memory,
                world.clock().now(),
                world.clock().wall());
        quiet = isQuiet(situation);
        return situation;
    }

    private boolean followsUpstream(DcsSight sight, PostgresObservation local, JobStatus job, Memory memory) {
        if (!(sight instanceof DcsSight.Seen seen) || !local.runsAsStandby() || job.isRunning()) {
            return true;
        }
        ClusterView view = seen.view();
        HaSettings settings = world.configuration().settings();
        boolean leads =
                view.isLedBy(settings.name()) && settings.standbyCluster().isEmpty();
        if (view.isUnlocked() || leads) {
            return true;
        }
        Optional<Upstream> upstream = FollowTarget.of(view, settings);
        return memory.seeing(view, world.clock().now()).paused()
                ? world.postgres().followsUnlessRestarted(upstream)
                : world.postgres().follows(upstream);
    }

    /** Whether the next cycle may do with what the watch knows: a settled member of a led cluster. */
    private static boolean isQuiet(Situation situation) {
        boolean settled = situation.lockKeyIsMine()
                ? situation.local().runsAsPrimary()
                        || (situation.inStandbyCluster() && situation.local().runsAsStandby())
                : situation.lockedByAnother() && situation.local().runsAsStandby();
        return settled
                && situation.dcsSeen()
                && !situation.job().isRunning()
                && situation.job().finished().isEmpty()
                && situation.memory().bootstrap() == BootstrapPhase.NONE;
    }
}
