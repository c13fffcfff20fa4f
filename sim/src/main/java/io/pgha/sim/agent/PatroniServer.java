package io.pgha.sim.agent;

import io.pgha.agent.port.Callbacks;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.ControlData;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.JobEnding;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.Role;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Postgres;
import io.pgha.postgres.Result;
import io.pgha.postgres.StopObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What a member of Patroni 4.1 does to its PostgreSQL; what takes long runs in the one background slot (facts §5.1). */
final class PatroniServer {
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    private final Surroundings world;
    private final Postgres postgres;
    private boolean checkNeeded = true;
    private boolean crashRecovered;
    private boolean promoteOrdered;
    private boolean preparing;
    private Optional<Lsn> shutdownCheckpoint = Optional.empty();

    PatroniServer(Surroundings world) {
        this.world = world;
        this.postgres = world.postgres();
    }

    /** Whether a promotion that runs cannot be called back. */
    boolean promoteOrdered() {
        return promoteOrdered;
    }

    /** Whether the promotion that runs, or ran last, has not come further than pre_promote. */
    boolean preparing() {
        return preparing;
    }

    /** Where the last stop in order ended. */
    Optional<Lsn> shutdownCheckpoint() {
        return shutdownCheckpoint;
    }

    private void start(JobKind kind, Function<JobControl, Result> work) {
        preparing = kind == JobKind.PROMOTE;
        world.jobs().start(kind, control -> {
            Result result = work.apply(control);
            JobEnding ending = result.succeeded() ? JobEnding.DONE : JobEnding.FAILED;
            return new JobStatus.Finished(kind, ending, result.message());
        });
    }

    void bootstrap() {
        start(JobKind.BOOTSTRAP, control -> {
            Result made = postgres.bootstrap(control);
            return made.succeeded() ? postgres.finishBootstrap(control) : made;
        });
    }

    void copy(Upstream from) {
        checkNeeded = false;
        start(JobKind.CLONE, control -> postgres.createReplica(new CloneRequest(Optional.of(from), false), control));
    }

    void promote() {
        start(JobKind.PROMOTE, control -> {
            Result prepared = postgres.beforePromotion(control);
            if (!prepared.succeeded()) {
                return prepared;
            }
            preparing = false;
            promoteOrdered = !control.cancelled();
            world.callbacks().fire(Callbacks.Action.ON_ROLE_CHANGE, Role.PRIMARY);
            Result promoted = postgres.promote(STOP_LIMIT, () -> !control.cancelled(), control);
            promoteOrdered = false;
            return promoted;
        });
    }

    /** The primary that crashed, as primary; the timeline stays (facts §5.7 rule 2). */
    void startAgain(Duration limit) {
        start(JobKind.START_PRIMARY, control -> postgres.startAsPrimary(limit, control));
    }

    void startStandby(Optional<Upstream> upstream) {
        start(JobKind.START_STANDBY, control -> postgres.startAsStandby(upstream, Duration.ZERO, control));
    }

    /** Modes offline and immediate: it stops now, on the loop's thread (facts §5.11). */
    void demote(StopMode mode) {
        world.jobs().cancel();
        world.callbacks().fire(Callbacks.Action.ON_ROLE_CHANGE, Role.REPLICA);
        checkNeeded = true;
        postgres.stop(mode, false, STOP_LIMIT, noting());
    }

    /** Mode graceful: the loop goes on renewing the lock meanwhile. */
    void demoteInOrder() {
        world.callbacks().fire(Callbacks.Action.ON_ROLE_CHANGE, Role.REPLICA);
        checkNeeded = true;
        shutdownCheckpoint = Optional.empty();
        start(JobKind.DEMOTE, control -> postgres.stop(StopMode.FAST, true, STOP_LIMIT, noting()));
    }

    private StopObserver noting() {
        shutdownCheckpoint = Optional.empty();
        return new StopObserver() {
            @Override
            public void noMoreWrites() {}

            @Override
            public void shutdownCheckpoint(Lsn position) {
                shutdownCheckpoint = Optional.of(position);
            }
        };
    }

    /** It does not run and somebody else leads, or nobody (facts §5.7 rules 3 and 4). */
    void recover(PostgresObservation local, ClusterView view, Optional<Upstream> leader) {
        boolean torn = local.control()
                .map(ControlData::state)
                .filter(state -> state.needsCrashRecovery())
                .isPresent();
        // With a backup_label there is nothing that single-user mode could recover (4.1.3).
        if (torn && !local.backupLabel() && !crashRecovered && (view.isUnlocked() || local.rewindPossible())) {
            crashRecovered = true;
            start(JobKind.CRASH_RECOVERY, postgres::crashRecover);
        } else if (leader.isEmpty() || !rejoins(local, leader.get())) {
            startStandby(leader);
        }
    }

    /** It runs as a standby. */
    void follow(PostgresObservation local, Upstream leader) {
        crashRecovered = false;
        boolean streams = local.server().filter(status -> status.isStreaming()).isPresent();
        if (!postgres.follows(Optional.of(leader))) {
            checkNeeded = true;
            start(JobKind.FOLLOW, control -> postgres.follow(Optional.of(leader), control));
        } else if (checkNeeded || !streams) {
            checkNeeded = true;
            rejoins(local, leader);
        }
    }

    /** Compares histories where that is due; true when the data has to be mended first, which has begun. */
    private boolean rejoins(PostgresObservation local, Upstream leader) {
        if (!checkNeeded) {
            return false;
        }
        Divergence found = postgres.checkDivergence(leader, JobControl.UNATTENDED);
        // Equal timelines are equal histories for Patroni.
        if (found instanceof Divergence.None || found instanceof Divergence.Hidden) {
            checkNeeded = false;
        }
        if (!(found instanceof Divergence.Diverged)) {
            return false;
        }
        start(JobKind.REWIND, control -> rewound(local, leader, control));
        return true;
    }

    /** As with both remove_data_directory settings on (facts §5.12). */
    private Result rewound(PostgresObservation local, Upstream leader, JobControl control) {
        Result stopped = postgres.stop(StopMode.FAST, false, STOP_LIMIT, StopObserver.NONE);
        if (!stopped.succeeded()) {
            return stopped;
        }
        Result result = local.rewindPossible()
                ? postgres.rewind(leader, control)
                : new Result.Failed("pg_rewind cannot be used");
        boolean hopeless = result instanceof Result.Failed
                && postgres.checkDivergence(leader, control) instanceof Divergence.Diverged;
        return hopeless ? postgres.setAside(true) : result;
    }
}
