package io.pgha.core.model;

import java.util.Optional;

/**
 * The one Job slot as the loop sees it.
 *
 * @param running the Job that runs now
 * @param finished the Job that finished since the last cycle; shown to exactly one cycle
 */
public record JobStatus(Optional<Running> running, Optional<Finished> finished) {
    /** Nothing runs and nothing finished. */
    public static final JobStatus IDLE = new JobStatus(Optional.empty(), Optional.empty());

    /**
     * @param kind what it does
     * @param since when it started
     * @param progress what it says of itself, for an operator; may be empty text
     * @param bytes how far it is, when it copies data
     */
    public record Running(JobKind kind, MonotonicTime since, String progress, Optional<JobProgress> bytes) {
        /** One that copies nothing. */
        public Running(JobKind kind, MonotonicTime since, String progress) {
            this(kind, since, progress, Optional.empty());
        }
    }

    /**
     * @param kind what it did
     * @param ending whether it reached its end
     * @param message one sentence: what was reached, or why not
     * @param divergence result of {@link JobKind#CHECK_DIVERGENCE}
     */
    public record Finished(JobKind kind, JobEnding ending, String message, Optional<Divergence> divergence) {
        /** One that compared nothing. */
        public Finished(JobKind kind, JobEnding ending, String message) {
            this(kind, ending, message, Optional.empty());
        }

        /** Whether it reached what it was for. */
        public boolean succeeded() {
            return ending == JobEnding.DONE;
        }
    }

    public boolean isRunning() {
        return running.isPresent();
    }

    public boolean isRunning(JobKind kind) {
        return running.filter(job -> job.kind() == kind).isPresent();
    }

    public Optional<Finished> finished(JobKind kind) {
        return finished.filter(job -> job.kind() == kind);
    }
}
