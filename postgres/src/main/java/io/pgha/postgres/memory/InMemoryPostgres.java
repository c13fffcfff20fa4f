package io.pgha.postgres.memory;

import io.pgha.core.action.Action;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The port to a {@link MemoryServer} for one life of an agent; the next life makes its own. */
public final class InMemoryPostgres implements Postgres {
    private static final Duration OBSERVE_LIMIT = Duration.ofSeconds(3);
    private static final Duration PIECE = Duration.ofMillis(500);
    /** {@code pg_ctl_timeout}. */
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(100);

    private final MemoryServer server;
    private final ServerTime time;
    private final Copying copying;
    private final Runnable exitListener = this::postmasterExited;
    private PostgresState state = PostgresState.STOPPED;
    private Runnable listener = () -> {};

    /** @param time the agent's: its pauses are those of the agent, and end with it */
    public InMemoryPostgres(MemoryServer server, ServerTime time) {
        this.server = server;
        this.time = time;
        this.copying = new Copying(server, this::workOver);
        server.onExit(exitListener);
        // An agent that died while it made a copy left the old data aside.
        server.putReplacedBack();
    }

    @Override
    public PostgresObservation observe() {
        pause(server.hangs() ? OBSERVE_LIMIT : min(server.luck().duration(Step.OBSERVE), OBSERVE_LIMIT));
        switch (server.phase()) {
            case STARTING -> state = PostgresState.STARTING;
            case RUNNING -> state = PostgresState.RUNNING;
            case STOPPING -> state = PostgresState.STOPPING;
            case STOPPED -> {
                if (state == PostgresState.RUNNING || state == PostgresState.STARTING) {
                    state = PostgresState.CRASHED;
                } else if (state == PostgresState.STOPPING) {
                    state = PostgresState.STOPPED;
                }
            }
        }
        return Observation.of(server, state);
    }

    @Override
    public Result configure(PostgresSettings settings, ConfigRole role) {
        return new Result.Succeeded("configured");
    }

    @Override
    public Result bootstrap(JobControl control) {
        if (server.folder().isPresent() || server.isUnreadable()) {
            return new Result.Failed("the data directory is not empty");
        }
        server.witness().initializing(server);
        state = PostgresState.INITDB;
        Optional<Result> broken = work(Step.INITDB, control);
        if (broken.isPresent()) {
            state = PostgresState.INITDB_FAILED;
            return broken.get();
        }
        server.initialize();
        return start(false, Optional.empty(), Duration.ofMinutes(1), control);
    }

    @Override
    public Result finishBootstrap(JobControl control) {
        return work(Step.SQL, control).orElse(new Result.Succeeded("roles are created"));
    }

    @Override
    public Result abandonBootstrap() {
        pause(server.luck().duration(Step.QUIT));
        server.quit();
        server.moveAside();
        return new Result.Succeeded("the data directory is renamed");
    }

    @Override
    public Result createReplica(CloneRequest request, JobControl control) {
        if (server.folder().filter(DataFolder::isUsable).isPresent() || server.isUnreadable()) {
            return new Result.Failed("the data directory is not empty");
        }
        setHalfRewoundAside();
        state = PostgresState.CREATING_REPLICA;
        Result result = copying.baseBackup(request, control);
        state = PostgresState.STOPPED;
        return result;
    }

    private void setHalfRewoundAside() {
        if (server.folder().isPresent()) {
            server.say("is half rewound: the data directory is renamed");
            server.moveAside();
        }
    }

    @Override
    public Result replaceData(CloneRequest request, Action.OldData oldData, JobControl control) {
        if (server.runs()) {
            return new Result.Failed("a postmaster runs");
        }
        if (oldData == Action.OldData.EXPENDABLE
                && server.luck().trouble(Step.SQL).isPresent()) {
            server.say("has no room for two copies");
            server.remove();
        }
        setHalfRewoundAside();
        server.keepReplaced();
        state = PostgresState.CREATING_REPLICA;
        Result copied = copying.baseBackup(request, control);
        state = PostgresState.STOPPED;
        if (!copied.succeeded()) {
            server.putReplacedBack();
        }
        return copied;
    }

    @Override
    public List<String> replacedData() {
        return server.replacedNames();
    }

    @Override
    public Result discardReplacedData(List<String> names) {
        pause(server.luck().duration(Step.SQL));
        names.forEach(server::discardReplaced);
        return new Result.Succeeded("no replaced data is left");
    }

    @Override
    public Result startAsPrimary(Duration timeout, JobControl control) {
        return start(false, Optional.empty(), timeout, control);
    }

    @Override
    public Result startAsStandby(Optional<Upstream> upstream, Duration timeout, JobControl control) {
        return start(true, upstream, timeout, control);
    }

    private Result start(boolean asStandby, Optional<Upstream> upstream, Duration timeout, JobControl control) {
        if (server.runs()) {
            return new Result.Succeeded("it runs already");
        }
        Optional<String> trouble = server.folder()
                .map(data -> data.damage)
                .orElse(Optional.of("there is no data directory"))
                .or(() -> server.isUnreadable() ? Optional.of("input/output error") : Optional.empty())
                .or(() -> server.luck().trouble(Step.START));
        if (trouble.isPresent()) {
            pause(server.luck().duration(Step.START));
            state = PostgresState.START_FAILED;
            return new Result.Failed("cannot start: " + trouble.get());
        }
        if (control.cancelled()) {
            return new Result.Cancelled();
        }
        if (asStandby) {
            server.commits().configure("");
        }
        server.launch(asStandby, upstream);
        state = PostgresState.STARTING;
        Duration limit = timeout.isZero() ? START_LIMIT : timeout;
        return await(() -> server.phase() != MemoryServer.Phase.STARTING, limit, control)
                .orElseGet(() -> {
                    state = server.answers() ? PostgresState.RUNNING : PostgresState.START_FAILED;
                    return server.answers()
                            ? new Result.Succeeded("started")
                            : new Result.Failed("the server ended while it started");
                });
    }

    @Override
    public boolean follows(Optional<Upstream> upstream) {
        return server.walReceiver().upstream().map(Upstream::connUrl).equals(upstream.map(Upstream::connUrl));
    }

    /** A reload is always enough, as from PostgreSQL 13 on. */
    @Override
    public boolean followsUnlessRestarted(Optional<Upstream> upstream) {
        return follows(upstream);
    }

    @Override
    public Result follow(Optional<Upstream> upstream, JobControl control) {
        return work(Step.SQL, control).orElseGet(() -> {
            if (!server.runs() || !server.inRecovery()) {
                return new Result.Failed("no standby runs");
            }
            server.walReceiver().redirect(upstream);
            return new Result.Succeeded(
                    "follows " + upstream.map(Upstream::name).orElse("nobody"));
        });
    }

    @Override
    public Result beforePromotion(JobControl control) {
        return work(Step.PRE_PROMOTE, control).orElse(new Result.Succeeded("may be promoted"));
    }

    @Override
    public Result skipTimelines(Timeline upTo) {
        pause(server.luck().duration(Step.SQL));
        if (server.folder().isEmpty()) {
            return new Result.Failed("there is no data directory");
        }
        server.data().skipTimelines(upTo);
        return new Result.Succeeded("numbers up to " + upTo + " are skipped");
    }

    @Override
    public Result promote(Duration wait, BooleanSupplier stillAllowed, JobControl control) {
        pause(server.luck().duration(Step.CONNECT));
        if (control.cancelled() || !stillAllowed.getAsBoolean()) {
            return new Result.Cancelled();
        }
        if (!server.answers()) {
            return new Result.Failed("the server does not answer");
        }
        server.promote();
        return await(() -> !server.runs() || !server.inRecovery(), wait, JobControl.UNATTENDED)
                .orElseGet(() -> server.runs()
                        ? new Result.Succeeded(
                                "promoted to timeline " + server.data().branch().timeline())
                        : new Result.Failed("the server ended while it was promoted"));
    }

    @Override
    public Result stop(StopMode mode, boolean checkpointFirst, Duration timeout, StopObserver observer) {
        if (checkpointFirst && mode != StopMode.IMMEDIATE && server.answers()) {
            pause(server.luck().duration(Step.CHECKPOINT));
            server.checkpoint();
        }
        if (mode == StopMode.IMMEDIATE) {
            quit();
            observer.noMoreWrites();
        } else {
            stopInOrder(timeout, observer);
        }
        state = PostgresState.STOPPED;
        return new Result.Succeeded("stopped");
    }

    private void stopInOrder(Duration timeout, StopObserver observer) {
        server.shutDown();
        Duration limit = timeout.isZero() ? Duration.ofDays(1) : timeout;
        Optional<Result> late =
                await(() -> !server.runs() || server.hasShutDownOrderly(), limit, JobControl.UNATTENDED);
        observer.noMoreWrites();
        if (server.hasShutDownOrderly()) {
            observer.shutdownCheckpoint(server.data().checkpoint);
            late = await(() -> !server.runs(), limit, JobControl.UNATTENDED);
        }
        if (late.isPresent()) {
            quit();
        }
    }

    @Override
    public Result fence(String reason) {
        quit();
        return new Result.Succeeded("no postmaster runs");
    }

    private void quit() {
        if (server.runs()) {
            pause(server.luck().duration(Step.QUIT));
            server.quit();
        }
    }

    @Override
    public Result setSynchronousNames(Optional<String> names) {
        server.commits().configure(names.orElse(""));
        pause(server.luck().duration(Step.SQL));
        if (!server.answers()) {
            pause(OBSERVE_LIMIT);
            return new Result.TimedOut("the server does not answer");
        }
        server.commits().reload();
        if (!server.inRecovery()) {
            server.data().append();
        }
        return new Result.Succeeded("synchronous_standby_names are set");
    }

    @Override
    public Result checkpoint(Duration timeout) {
        return work(Step.CHECKPOINT, JobControl.UNATTENDED).orElseGet(() -> {
            server.checkpoint();
            return new Result.Succeeded("checkpoint written");
        });
    }

    @Override
    public Divergence checkDivergence(Upstream leader, JobControl control) {
        ask(leader);
        Optional<MemoryServer> source = server.network().connect(server, leader);
        if (source.isEmpty()) {
            pause(Duration.ofSeconds(3));
            return new Divergence.Undetermined(leader.name() + " does not answer");
        }
        return server.folder().filter(DataFolder::isUsable).isEmpty()
                ? new Divergence.Undetermined("there is no data directory, or a half rewound one")
                : TimelineCheck.compare(server, source.get());
    }

    @Override
    public Result crashRecover(JobControl control) {
        if (server.runs()) {
            return new Result.Failed("a postmaster runs");
        }
        return work(Step.CRASH_RECOVERY, control).orElseGet(() -> {
            if (server.runs() || server.folder().isEmpty()) {
                return new Result.Failed("the data directory is not free");
            }
            server.data().standbySignal = false;
            server.data().writeShutdownCheckpoint();
            server.say("is recovered in single-user mode: " + server.data());
            return new Result.Succeeded("recovered");
        });
    }

    @Override
    public Result rewind(Upstream source, JobControl control) {
        return copying.rewind(source, control);
    }

    @Override
    public Result setAside(boolean remove) {
        pause(server.luck().duration(Step.SQL));
        if (server.runs()) {
            return new Result.Failed("a postmaster runs");
        }
        if (remove) {
            server.say("the data directory is removed");
            server.remove();
            return new Result.Succeeded("removed");
        }
        server.say("the data directory is renamed");
        server.moveAside();
        return new Result.Succeeded("renamed");
    }

    @Override
    public Result applySlots(SlotPlan plan) {
        pause(server.luck().duration(Step.SQL));
        if (!server.answers()) {
            return new Result.Failed("the server does not answer");
        }
        server.change(plan);
        return new Result.Succeeded("slots are as wanted");
    }

    @Override
    public Result applyLogicalSlots(LogicalSlotPlan plan) {
        pause(server.luck().duration(Step.SQL));
        if (!server.answers()) {
            return new Result.Failed("the server does not answer");
        }
        server.change(plan);
        return new Result.Succeeded("logical slots are as wanted");
    }

    @Override
    public Result copyLogicalSlots(
            Upstream leader, Optional<Upstream> upstream, List<String> slots, JobControl control) {
        ask(leader);
        Optional<MemoryServer> source = server.network().connect(server, leader);
        if (source.isEmpty() || source.get().inRecovery() || server.folder().isEmpty()) {
            return new Result.Failed(leader.name() + " does not answer as a primary");
        }
        Map<String, ModelSlot> copies = server.logicalSlotsOf(source.get(), slots);
        if (copies.isEmpty()) {
            return new Result.Failed("no logical slot can be copied yet");
        }
        stop(StopMode.FAST, false, Duration.ofMinutes(1), StopObserver.NONE);
        if (server.runs() || server.folder().isEmpty()) {
            return new Result.Failed("the data directory is not free");
        }
        server.data().slots.putAll(copies);
        return startAsStandby(upstream, Duration.ofMinutes(1), control);
    }

    @Override
    public Optional<SlotHorizon> slotHorizon(Upstream leader, Set<String> slots) {
        ask(leader);
        return Optional.empty();
    }

    @Override
    public List<HistoryEntry> history(Timeline timeline) {
        return server.folder()
                .flatMap(data -> Optional.ofNullable(data.historyFiles.get(timeline)))
                .map(Branch::history)
                .orElse(List.of());
    }

    @Override
    public void onPostmasterExit(Runnable toldAtOnce) {
        listener = toldAtOnce;
    }

    @Override
    public void close() {
        server.forget(exitListener);
    }

    private void postmasterExited() {
        listener.run();
    }

    private void pause(Duration duration) {
        time.pause(duration);
    }

    /** Connects to another member, and hears of it what is asked. */
    private void ask(Upstream other) {
        pause(server.luck().duration(Step.CONNECT).plus(server.network().delayOfAnswer(server, other)));
    }

    private Optional<Result> work(Step step, JobControl control) {
        return workOver(step, control, () -> Duration.ZERO);
    }

    /** Lets the time of a step pass, in pieces, each of them perhaps late; the answer is what went wrong. */
    private Optional<Result> workOver(Step step, JobControl control, Supplier<Duration> late) {
        for (Duration left = server.luck().duration(step);
                left.compareTo(Duration.ZERO) > 0;
                left = left.minus(PIECE)) {
            if (control.cancelled()) {
                return Optional.of(new Result.Cancelled());
            }
            pause(min(left, PIECE).plus(late.get()));
            if (step == Step.CRASH_RECOVERY) {
                // What made it long may be over.
                left = min(left, server.luck().duration(step));
            }
        }
        return server.luck().trouble(step).map(Result.Failed::new);
    }

    private Optional<Result> await(BooleanSupplier reached, Duration longest, JobControl control) {
        for (Duration waited = Duration.ZERO; !reached.getAsBoolean(); waited = waited.plus(POLL)) {
            if (waited.compareTo(longest) >= 0) {
                return Optional.of(new Result.TimedOut("waited " + longest.toSeconds() + " s for the server"));
            }
            if (control.cancelled()) {
                return Optional.of(new Result.Cancelled());
            }
            pause(min(POLL, longest.minus(waited)));
        }
        return Optional.empty();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
