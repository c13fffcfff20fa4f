package io.pgha.sim.port;

import io.pgha.agent.port.Doorbell;
import io.pgha.agent.port.JobBody;
import io.pgha.agent.port.Jobs;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.time.Clock;
import io.pgha.postgres.JobControl;
import io.pgha.sim.kernel.SimProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The Job slot of one agent: each Job is a coroutine beside the loop. */
public final class SimJobs implements Jobs {
    private final SimProcess process;
    private final Clock clock;
    private final Doorbell doorbell;
    private final Consumer<JobKind> started;
    private final Set<String> upkeep = new TreeSet<>();
    private Optional<Running> running = Optional.empty();
    private Optional<JobStatus.Finished> finished = Optional.empty();

    /** @param started is told of each Job that begins */
    public SimJobs(SimProcess process, Clock clock, Doorbell doorbell, Consumer<JobKind> started) {
        this.process = process;
        this.clock = clock;
        this.doorbell = doorbell;
        this.started = started;
    }

    @Override
    public boolean start(JobKind kind, JobBody body) {
        process.alive();
        if (running.isPresent()) {
            return false;
        }
        Running job = new Running(new JobStatus.Running(kind, clock.now(), ""));
        running = Optional.of(job);
        started.accept(kind);
        process.spawn("job " + kind.words(), () -> {
            JobStatus.Finished result = body.run(job);
            running = Optional.empty();
            finished = Optional.of(result);
            doorbell.ring();
        });
        return true;
    }

    @Override
    public void cancel() {
        process.alive();
        running.ifPresent(Running::cancel);
    }

    @Override
    public JobStatus takeStatus() {
        process.alive();
        JobStatus status = new JobStatus(running.map(Running::status), finished);
        finished = Optional.empty();
        return status;
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
        process.alive();
        if (upkeep.add(name)) {
            process.spawn(name, () -> {
                work.run();
                upkeep.remove(name);
                afterwards.run();
            });
        }
    }

    private static final class Running implements JobControl {
        private final List<Runnable> onCancel = new ArrayList<>();
        private JobStatus.Running status;
        private boolean cancelled;

        Running(JobStatus.Running status) {
            this.status = status;
        }

        JobStatus.Running status() {
            return status;
        }

        void cancel() {
            cancelled = true;
            List<Runnable> actions = List.copyOf(onCancel);
            onCancel.clear();
            actions.forEach(Runnable::run);
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }

        @Override
        public Registration onCancel(Runnable action) {
            if (cancelled) {
                action.run();
                return () -> {};
            }
            onCancel.add(action);
            return () -> onCancel.remove(action);
        }

        @Override
        public void progress(String text) {
            status = new JobStatus.Running(status.kind(), status.since(), text);
        }
    }
}
