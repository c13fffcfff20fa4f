package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.JobEnding;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadJobsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ThreadDoorbell doorbell = new ThreadDoorbell();
    private final ThreadJobs jobs = new ThreadJobs(new SystemClock(), doorbell);

    @Test
    void theEndOfAJobWakesTheLoopAndIsHandedOutOnce() throws InterruptedException {
        assertThat(jobs.start(JobKind.CLONE, control -> done(JobKind.CLONE))).isTrue();
        assertThat(doorbell.await(SOON)).isTrue();
        assertThat(jobs.takeStatus().finished(JobKind.CLONE)).isPresent();
        assertThat(jobs.takeStatus()).isEqualTo(JobStatus.IDLE);
    }

    @Test
    void oneJobRunsAtATimeAndTellsItsProgress() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        jobs.start(JobKind.CLONE, control -> {
            control.progress("half done");
            told.countDown();
            await(end);
            return done(JobKind.CLONE);
        });
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(jobs.start(JobKind.REWIND, control -> done(JobKind.REWIND))).isFalse();
        JobStatus status = jobs.takeStatus();
        assertThat(status.isRunning(JobKind.CLONE)).isTrue();
        assertThat(status.running().map(JobStatus.Running::progress)).contains("half done");
        end.countDown();
        assertThat(doorbell.await(SOON)).isTrue();
        assertThat(jobs.start(JobKind.REWIND, control -> done(JobKind.REWIND))).isTrue();
    }

    @Test
    void cancellingEndsTheCurrentStepOnceAndTheWorkSeesIt() throws InterruptedException {
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch stepEnded = new CountDownLatch(1);
        AtomicInteger takenBack = new AtomicInteger();
        jobs.start(JobKind.CLONE, control -> {
            control.onCancel(takenBack::incrementAndGet).close();
            try (var step = control.onCancel(stepEnded::countDown)) {
                inStep.countDown();
                await(stepEnded);
            }
            return new JobStatus.Finished(
                    JobKind.CLONE, control.cancelled() ? JobEnding.CANCELLED : JobEnding.DONE, "cancelled");
        });
        assertThat(inStep.await(10, TimeUnit.SECONDS)).isTrue();
        jobs.cancel();
        jobs.cancel();
        assertThat(doorbell.await(SOON)).isTrue();
        assertThat(jobs.takeStatus().finished().map(JobStatus.Finished::succeeded))
                .contains(false);
        assertThat(takenBack).hasValue(0);
    }

    @Test
    void aStepThatBeginsAfterTheCancellationEndsAtOnce() throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        jobs.start(JobKind.CLONE, control -> {
            await(cancelled);
            control.onCancel(ended::incrementAndGet);
            return done(JobKind.CLONE);
        });
        jobs.cancel();
        cancelled.countDown();
        assertThat(doorbell.await(SOON)).isTrue();
        assertThat(ended).hasValue(1);
    }

    @Test
    void aJobThatThrowsFailsAndFreesTheSlot() throws InterruptedException {
        jobs.start(JobKind.REWIND, control -> {
            throw new IllegalStateException("planted");
        });
        assertThat(doorbell.await(SOON)).isTrue();
        JobStatus status = jobs.takeStatus();
        assertThat(status.finished(JobKind.REWIND).map(JobStatus.Finished::succeeded))
                .contains(false);
        assertThat(status.isRunning()).isFalse();
    }

    @Test
    void upkeepOfOneNameRunsOnceAtATimeBesideTheSlot() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Runnable work = () -> {
            runs.incrementAndGet();
            await(end);
        };
        jobs.background("checkpoint", work);
        jobs.background("checkpoint", work);
        assertThat(jobs.takeStatus().isRunning()).isFalse();
        end.countDown();
        assertThat(doorbell.await(SOON)).isTrue();
        assertThat(runs).hasValue(1);
    }

    private static JobStatus.Finished done(JobKind kind) {
        return new JobStatus.Finished(kind, JobEnding.DONE, "done");
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not released");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
