package io.pgha.agent.runtime;

import io.pgha.agent.port.Doorbell;
import io.pgha.agent.port.JobBody;
import io.pgha.agent.port.Jobs;
import io.pgha.core.model.JobEnding;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.time.Clock;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each Job, and each upkeep work, on a thread that lives as long as the work does. */
final class ThreadJobs implements Jobs {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadJobs.class);

    private final Clock clock;
    private final Doorbell doorbell;
    private final Queue<JobStatus.Finished> finished = new ArrayDeque<>();
    private final Set<String> upkeep = new HashSet<>();
    private @Nullable RunningJob running;

    ThreadJobs(Clock clock, Doorbell doorbell) {
        this.clock = clock;
        this.doorbell = doorbell;
    }

    @Override
    public synchronized boolean start(JobKind kind, JobBody body) {
        if (running != null) {
            return false;
        }
        RunningJob job = new RunningJob(kind, clock);
        running = job;
        DaemonThread.of("job " + kind.words(), DaemonThread.WORK_STACK, () -> finish(result(job, body)))
                .start();
        return true;
    }

    @Override
    public void cancel() {
        RunningJob job;
        synchronized (this) {
            job = running;
        }
        if (job != null) {
            job.cancel();
        }
    }

    @Override
    public synchronized JobStatus takeStatus() {
        Optional<JobStatus.Finished> taken = Optional.ofNullable(finished.poll());
        if (!finished.isEmpty()) {
            doorbell.ring();
        }
        return new JobStatus(Optional.ofNullable(running).map(RunningJob::status), taken);
    }

    @Override
    public void background(String name, Runnable work) {
        upkeep(name, work, doorbell::ring);
    }

    @Override
    public void backgroundQuietly(String name, Runnable work) {
        upkeep(name, work, () -> {});
    }

    private void upkeep(String name, Runnable work, Runnable afterwards) {
        synchronized (this) {
            if (!upkeep.add(name)) {
                return;
            }
        }
        DaemonThread.of(name, DaemonThread.WORK_STACK, () -> attempt(name, work, afterwards))
                .start();
    }

    private void attempt(String name, Runnable work, Runnable afterwards) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("{} failed", name, e);
        } finally {
            synchronized (this) {
                upkeep.remove(name);
            }
            afterwards.run();
        }
    }

    private static JobStatus.Finished result(RunningJob job, JobBody body) {
        try {
            return body.run(job);
        } catch (RuntimeException | Error e) {
            // A bug or no memory: the slot must come free all the same, and the loop must hear of it.
            LOG.error("the job \"{}\" failed", job.kind().words(), e);
            return new JobStatus.Finished(job.kind(), JobEnding.FAILED, "unexpected error: " + e);
        }
    }

    private void finish(JobStatus.Finished result) {
        synchronized (this) {
            running = null;
            finished.add(result);
        }
        doorbell.ring();
    }
}
