package io.pgha.postgres.local;

import io.pgha.core.model.ControlData;
import io.pgha.core.model.ControlState;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Postmaster;
import io.pgha.core.model.StopMode;
import io.pgha.postgres.Result;
import io.pgha.postgres.StopObserver;
import io.pgha.postgres.process.ClientBackends;
import io.pgha.postgres.process.Deadline;
import io.pgha.postgres.process.ProcessEntry;
import io.pgha.postgres.process.ProcessTable;
import io.pgha.postgres.process.ProcessTree;
import io.pgha.postgres.process.Signal;
import io.pgha.postgres.rewind.WalRecords;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the server in the order of facts §6.3. */
final class Stopper {
    private static final Logger log = LoggerFactory.getLogger(Stopper.class);
    private static final Duration POLL = Duration.ofMillis(20);
    /** The postmaster itself kills its children 5 s after an immediate stop. */
    private static final Duration IMMEDIATE_WAIT = Duration.ofSeconds(10);

    private static final Duration KILL_WAIT = Duration.ofSeconds(10);
    private static final Duration CHECKPOINT_TIMEOUT = Duration.ofMinutes(10);

    private final Instance instance;
    private final Orders orders;

    Stopper(Instance instance, Orders orders) {
        this.instance = instance;
        this.orders = orders;
    }

    Result stop(StopMode mode, boolean checkpointFirst, Duration timeout, StopObserver observer) {
        Progress progress = new Progress(observer);
        Optional<Postmaster> running = instance.finder.find().postmaster();
        if (running.isEmpty()) {
            instance.orphans.clear(Duration.ZERO);
            instance.enter(PostgresState.STOPPED);
            progress.over();
            return new Result.Succeeded("PostgreSQL was not running");
        }
        if (checkpointFirst && mode != StopMode.IMMEDIATE) {
            Result checkpoint = orders.checkpoint(CHECKPOINT_TIMEOUT);
            if (!checkpoint.succeeded()) {
                log.warn("no checkpoint before the stop: {}", checkpoint.message());
            }
        }
        instance.enter(PostgresState.STOPPING);
        instance.settings().beforeStop().ifPresent(orders::beforeStop);
        instance.heartbeat.forget();
        boolean stopped = stop(running.get(), mode, timeout, progress);
        boolean alone = stopped && instance.orphans.clear(Duration.ofMillis(100));
        instance.enter(alone ? PostgresState.STOPPED : PostgresState.STOP_FAILED);
        if (!alone) {
            return new Result.Failed("processes of the server in " + instance.dataDir()
                    + " survive SIGKILL: look for hanging storage (state D in ps)");
        }
        progress.over();
        return new Result.Succeeded("PostgreSQL stopped");
    }

    private boolean stop(Postmaster postmaster, StopMode mode, Duration timeout, Progress progress) {
        signal(
                postmaster,
                switch (mode) {
                    case SMART -> Signal.TERM;
                    case FAST -> Signal.INT;
                    case IMMEDIATE -> Signal.QUIT;
                });
        Duration patience = mode == StopMode.IMMEDIATE ? IMMEDIATE_WAIT : timeout;
        Deadline first = Deadline.after(patience.isZero() ? Duration.ofDays(3650) : patience);
        if (first.waitUntil(POLL, () -> progress.gone(postmaster))) {
            return true;
        }
        if (mode != StopMode.IMMEDIATE) {
            log.warn("a {} stop takes longer than {} s: stopping immediately", mode, patience.toSeconds());
            signal(postmaster, Signal.QUIT);
            if (Deadline.after(IMMEDIATE_WAIT).waitUntil(POLL, () -> progress.gone(postmaster))) {
                return true;
            }
        }
        log.warn("an immediate stop hangs: killing the postmaster {} and its children", postmaster.pid());
        return ProcessTree.kill(postmaster.pid(), postmaster.startTicks(), KILL_WAIT);
    }

    private static void signal(Postmaster postmaster, Signal signal) {
        signal.sendTo(postmaster.pid());
        // A suspended postmaster would never hear it.
        boolean suspended = ProcessTable.find(postmaster.pid())
                .map(ProcessEntry::state)
                .filter(state -> state == 'T' || state == 't')
                .isPresent();
        if (suspended) {
            Signal.CONT.sendTo(postmaster.pid());
        }
    }

    /** How far the stop has come, told to the observer once each. */
    private final class Progress {
        private final StopObserver observer;
        private boolean writesOver;
        private boolean positionTold;

        Progress(StopObserver observer) {
            this.observer = observer;
        }

        boolean gone(Postmaster postmaster) {
            if (!ProcessTable.runs(postmaster.pid(), postmaster.startTicks())) {
                return true;
            }
            if (!writesOver
                    && !ClientBackends.any(postmaster.pid(), instance.settings().scope())) {
                tellNoMoreWrites();
            }
            if (writesOver && !positionTold) {
                tellPosition();
            }
            return false;
        }

        void over() {
            tellNoMoreWrites();
            tellPosition();
        }

        private void tellNoMoreWrites() {
            if (!writesOver) {
                writesOver = true;
                observer.noMoreWrites();
            }
        }

        private void tellPosition() {
            if (positionTold) {
                return;
            }
            Optional<ControlData> control = instance.controlFile
                    .data(instance.programs())
                    .filter(data -> data.state() == ControlState.SHUT_DOWN);
            if (control.isPresent()) {
                positionTold = true;
                observer.shutdownCheckpoint(lastRecord(control.get()));
            }
        }

        private Lsn lastRecord(ControlData control) {
            return new WalRecords(instance.programs(), instance.dataDir(), instance.runner)
                    .lastBeforeShutdown(control.checkpointTimeline(), control.checkpoint());
        }
    }
}
