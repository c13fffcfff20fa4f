package io.pgha.postgres.local;

import io.pgha.core.action.Action;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import io.pgha.core.slots.LogicalSlotPlan;
import io.pgha.core.slots.SlotHorizon;
import io.pgha.core.slots.SlotPlan;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Postgres;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.Result;
import io.pgha.postgres.StopObserver;
import io.pgha.postgres.conf.DataFiles;
import io.pgha.postgres.conf.RecoveryChange;
import io.pgha.postgres.process.ExitWatch;
import io.pgha.postgres.process.ServerAccount;
import io.pgha.postgres.version.UnsupportedVersionException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real server on this machine. */
public final class LocalPostgres implements Postgres {
    private static final Logger log = LoggerFactory.getLogger(LocalPostgres.class);
    /** As long as a slow server is asked for its timeline; one retry_timeout. The lock is looked at again afterwards. */
    private static final Duration SKIP_PATIENCE = Duration.ofSeconds(10);

    private static final Duration RESTART_STOP = Duration.ofMinutes(1);

    private final Instance instance;
    private final Configuration configuration;
    private final Observer observer;
    private final Fencer fencer;
    private final Orders orders;
    private final Starter starter;
    private final Stopper stopper;
    private final Reconfiguration reconfiguration;
    private final Following following;
    private final Promotion promotion;
    private final Place place;
    private final Bootstrap bootstrap;
    private final ReplicaCreation replicaCreation;
    private final Replacement replacement;
    private final DivergenceCheck divergenceCheck;
    private final RewindRun rewindRun;
    private final SlotOrders slots;
    private final LogicalSlotOrders logicalSlots;
    private final SlotCopy slotCopy;
    private final ExitWatch exitWatch;
    private volatile Runnable exitListener = () -> {};

    /** A server that runs as the user of this process and logs where this process does. */
    public LocalPostgres(PostgresSettings settings) {
        this(settings, ServerAccount.own(), Redirect.INHERIT);
    }

    /**
     * A server.
     *
     * @param settings the first ones; {@link #configure} replaces them, the data directory excepted
     * @param account whom it runs as
     * @param serverOutput where it writes until its own logging takes over
     */
    public LocalPostgres(PostgresSettings settings, ServerAccount account, Redirect serverOutput) {
        this.instance = new Instance(settings, account, serverOutput);
        this.exitWatch = new ExitWatch(this::postmasterExited);
        this.configuration = new Configuration(instance);
        this.observer = new Observer(instance, exitWatch);
        this.fencer = new Fencer(instance);
        this.orders = new Orders(instance);
        this.starter = new Starter(instance, exitWatch);
        this.stopper = new Stopper(instance, orders);
        this.reconfiguration = new Reconfiguration(instance, configuration, observer::pendingRestart);
        this.following = new Following(instance, configuration);
        this.promotion = new Promotion(instance, configuration);
        this.place = new Place(instance);
        this.bootstrap = new Bootstrap(instance, configuration, starter, stopper, place);
        this.replicaCreation = new ReplicaCreation(instance, configuration, place);
        this.replacement = new Replacement(instance, place, replicaCreation);
        this.divergenceCheck = new DivergenceCheck(instance);
        this.rewindRun = new RewindRun(instance, configuration);
        this.slots = new SlotOrders(instance);
        this.logicalSlots = new LogicalSlotOrders(instance);
        this.slotCopy = new SlotCopy(instance, configuration);
    }

    @Override
    public PostgresObservation observe() {
        replacement.mendRemains();
        return observer.observe();
    }

    @Override
    public Result configure(PostgresSettings settings, ConfigRole role) {
        instance.want(settings, role);
        return reconfiguration.configure();
    }

    @Override
    public Result bootstrap(JobControl control) {
        return bootstrap.bootstrap(control);
    }

    @Override
    public Result finishBootstrap(JobControl control) {
        return bootstrap.finish(control);
    }

    @Override
    public Result abandonBootstrap() {
        return bootstrap.abandon();
    }

    @Override
    public Result createReplica(CloneRequest request, JobControl control) {
        slotCopy.forget();
        return replicaCreation.create(request, control);
    }

    @Override
    public Result replaceData(CloneRequest request, Action.OldData oldData, JobControl control) {
        slotCopy.forget();
        return replacement.replace(request, oldData, control);
    }

    @Override
    public List<String> replacedData() {
        return replacement.kept();
    }

    @Override
    public Result discardReplacedData(List<String> names) {
        return replacement.discard(names);
    }

    @Override
    public Result startAsPrimary(Duration timeout, JobControl control) {
        if (new DataFiles(instance.dataDir()).hasRecoverySignal()) {
            return new Result.Failed(
                    instance.dataDir() + " is a standby's: started as primary it would fork the history");
        }
        return start(configuration::prepareAsPrimary, timeout, control);
    }

    @Override
    public Result startAsStandby(Optional<Upstream> upstream, Duration timeout, JobControl control) {
        Duration limit = timeout.isZero() ? instance.settings().pgCtlTimeout() : timeout;
        return start(() -> configuration.prepareAsStandby(upstream), limit, control);
    }

    /** Writes what a start needs. */
    private interface Preparation {
        Configuration.Start write() throws IOException;
    }

    private Result start(Preparation preparation, Duration timeout, JobControl control) {
        if (instance.dataFolder.isHalfRewound() || instance.dataFolder.isUnfinished()) {
            return new Result.Failed("the data directory " + instance.dataDir()
                    + " is not whole, an attempt to make or rewind it was broken off: it needs a new copy");
        }
        if (instance.postmasterRuns()) {
            return new Result.Succeeded("PostgreSQL runs already");
        }
        try {
            Configuration.Start start = preparation.write();
            observer.pendingRestart(start.pendingRestart());
            Result result = starter.start(start.options(), timeout, control);
            if (result.succeeded()) {
                configuration.files().backUp();
                configuration.handOver();
            }
            return result;
        } catch (IOException | IllegalArgumentException | UnsupportedVersionException e) {
            String why = "PostgreSQL cannot be started: " + e.getMessage();
            log.error("{}", why);
            instance.startFailed(why);
            return new Result.Failed(why);
        }
    }

    @Override
    public boolean follows(Optional<Upstream> upstream) {
        // What cannot be told now is not worth a restart.
        return following
                .needed(upstream)
                .filter(change -> change != RecoveryChange.NONE)
                .isEmpty();
    }

    @Override
    public boolean followsUnlessRestarted(Optional<Upstream> upstream) {
        return following
                .needed(upstream)
                .filter(change -> change == RecoveryChange.RELOAD)
                .isEmpty();
    }

    @Override
    public Result follow(Optional<Upstream> upstream, JobControl control) {
        Optional<RecoveryChange> change = following.needed(upstream);
        if (change.isEmpty()) {
            return new Result.Failed("there is no standby that answers");
        }
        return switch (change.get()) {
            case NONE -> new Result.Succeeded("it follows already");
            case RELOAD -> reconfiguration.follow(upstream);
            case RESTART -> restartAsStandby(upstream, control);
        };
    }

    private Result restartAsStandby(Optional<Upstream> upstream, JobControl control) {
        control.progress("restarting to follow another upstream, or with parameters as large as its");
        Result stopped = stopper.stop(StopMode.FAST, false, RESTART_STOP, StopObserver.NONE);
        return stopped.succeeded()
                ? startAsStandby(upstream, instance.settings().pgCtlTimeout(), control)
                : stopped;
    }

    @Override
    public Result beforePromotion(JobControl control) {
        return orders.prePromote(control);
    }

    @Override
    public Result skipTimelines(Timeline upTo) {
        Timeline own = KnownTimeline.await(observer::observe, SKIP_PATIENCE);
        return new SkippedTimelines(instance).skip(own, upTo);
    }

    @Override
    public Result promote(Duration wait, BooleanSupplier stillAllowed, JobControl control) {
        return promotion.promote(wait, stillAllowed, control);
    }

    @Override
    public Result stop(StopMode mode, boolean checkpointFirst, Duration timeout, StopObserver stopObserver) {
        Result result = stopper.stop(mode, checkpointFirst, timeout, stopObserver);
        observer.pendingRestart(Map.of());
        return result;
    }

    @Override
    public Result fence(String reason) {
        return fencer.fence(reason);
    }

    @Override
    public Result setSynchronousNames(Optional<String> names) {
        return reconfiguration.synchronousNames(names);
    }

    @Override
    public Result checkpoint(Duration timeout) {
        return orders.checkpoint(timeout);
    }

    @Override
    public Divergence checkDivergence(Upstream leader, JobControl control) {
        return divergenceCheck.check(leader, control);
    }

    @Override
    public Result crashRecover(JobControl control) {
        return rewindRun.crashRecover(control);
    }

    @Override
    public Result rewind(Upstream source, JobControl control) {
        slotCopy.forget();
        return rewindRun.rewind(source, control);
    }

    @Override
    public Result setAside(boolean remove) {
        slotCopy.forget();
        return place.setAside(remove);
    }

    @Override
    public Result applySlots(SlotPlan plan) {
        return slots.apply(plan);
    }

    @Override
    public Result applyLogicalSlots(LogicalSlotPlan plan) {
        return logicalSlots.apply(plan);
    }

    @Override
    public Result copyLogicalSlots(
            Upstream leader, Optional<Upstream> upstream, List<String> names, JobControl control) {
        return slotCopy.copy(
                leader,
                names,
                () -> stopper.stop(StopMode.FAST, false, RESTART_STOP, StopObserver.NONE),
                () -> startAsStandby(upstream, Duration.ZERO, control),
                control);
    }

    @Override
    public Optional<SlotHorizon> slotHorizon(Upstream leader, Set<String> names) {
        return new SlotSource(instance, leader).horizon(names);
    }

    @Override
    public List<HistoryEntry> history(Timeline timeline) {
        try {
            return new DataFiles(instance.dataDir()).history(timeline, ZoneId.systemDefault());
        } catch (IOException e) {
            log.warn("the history of timeline {} cannot be read: {}", timeline, e.getMessage());
            return List.of();
        }
    }

    @Override
    public void onPostmasterExit(Runnable listener) {
        exitListener = listener;
    }

    private void postmasterExited() {
        instance.heartbeat.forget();
        exitListener.run();
    }

    @Override
    public void close() {
        exitWatch.close();
        instance.heartbeat.close();
    }
}
