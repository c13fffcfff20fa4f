package io.pgha.agent.exec;

import io.pgha.agent.port.JobBody;
import io.pgha.agent.port.Jobs;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import java.util.Optional;

/** The Jobs, and which one was started last. */
final class NotedJobs implements Jobs {
    private final Jobs jobs;
    private Optional<JobKind> started = Optional.empty();

    NotedJobs(Jobs jobs) {
        this.jobs = jobs;
    }

    /** What was started since this was asked last. The loop's thread. */
    Optional<JobKind> takeStarted() {
        Optional<JobKind> kind = started;
        started = Optional.empty();
        return kind;
    }

    @Override
    public boolean start(JobKind kind, JobBody body) {
        boolean done = jobs.start(kind, body);
        started = done ? Optional.of(kind) : started;
        return done;
    }

    @Override
    public void cancel() {
        jobs.cancel();
    }

    @Override
    public JobStatus takeStatus() {
        return jobs.takeStatus();
    }

    @Override
    public void background(String name, Runnable work) {
        jobs.background(name, work);
    }

    @Override
    public void backgroundQuietly(String name, Runnable work) {
        jobs.backgroundQuietly(name, work);
    }
}
