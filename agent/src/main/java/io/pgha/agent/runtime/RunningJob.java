package io.pgha.agent.runtime;

import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobProgress;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import io.pgha.postgres.JobControl;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Job in progress: what the work sees of the one who ordered it, and the other way round. */
final class RunningJob implements JobControl {
    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

    private final JobKind kind;
    private final MonotonicTime since;
    private final Set<CancelAction> actions = new LinkedHashSet<>();
    private boolean cancelled;
    private volatile String progress = "";
    private volatile Optional<JobProgress> bytes = Optional.empty();
    private final Clock clock;
    private Optional<MonotonicTime> copyingSince = Optional.empty();

    RunningJob(JobKind kind, Clock clock) {
        this.kind = kind;
        this.clock = clock;
        this.since = clock.now();
    }

    JobKind kind() {
        return kind;
    }

    JobStatus.Running status() {
        return new JobStatus.Running(kind, since, progress, bytes);
    }

    /** Tells the work to end, and runs what ends its current step. */
    void cancel() {
        List<CancelAction> due;
        synchronized (this) {
            cancelled = true;
            due = new ArrayList<>(actions);
            actions.clear();
        }
        due.forEach(CancelAction::run);
    }

    @Override
    public synchronized boolean cancelled() {
        return cancelled;
    }

    @Override
    public Registration onCancel(Runnable action) {
        CancelAction entry = new CancelAction(action);
        synchronized (this) {
            if (!cancelled) {
                actions.add(entry);
                return () -> takeBack(entry);
            }
        }
        entry.run();
        return () -> {};
    }

    @Override
    public void progress(String text) {
        progress = text;
    }

    @Override
    public void copied(long done, OptionalLong total) {
        MonotonicTime now = clock.now();
        if (copyingSince.isEmpty()) {
            copyingSince = Optional.of(now);
        }
        bytes = Optional.of(JobProgress.after(now.since(copyingSince.get()), done, total));
    }

    private synchronized void takeBack(CancelAction entry) {
        actions.remove(entry);
    }

    /** Compared by identity: two steps may register equal actions. */
    private static final class CancelAction {
        private final Runnable action;

        CancelAction(Runnable action) {
            this.action = action;
        }

        void run() {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.warn("cancelling a step of a job failed: {}", e.toString());
            }
        }
    }
}
