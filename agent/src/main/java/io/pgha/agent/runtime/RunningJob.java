package io.pgha.agent.runtime;

import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.MonotonicTime;
import io.pgha.postgres.JobControl;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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

    RunningJob(JobKind kind, MonotonicTime since) {
        this.kind = kind;
        this.since = since;
    }

    JobKind kind() {
        return kind;
    }

    JobStatus.Running status() {
        return new JobStatus.Running(kind, since, progress);
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
