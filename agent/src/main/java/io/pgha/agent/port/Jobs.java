package io.pgha.agent.port;

import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;

/** The slot in which long work runs, one at a time, beside the loop. */
public interface Jobs {
    /**
     * Starts the work unless some is running.
     *
     * @return whether it was started
     */
    boolean start(JobKind kind, JobBody body);

    /** Asks the running work to end, if there is any. Does not wait. */
    void cancel();

    /** What runs, and what finished since the last call: a finished Job is handed out once. */
    JobStatus takeStatus();

    /**
     * Runs short upkeep (a checkpoint, an archive command) beside the slot; one at a time for a name, further calls
     * are dropped while one runs. Its end wakes the loop.
     */
    void background(String name, Runnable work);

    /**
     * The same for work whose end changes nothing that the loop would act on: it wakes nobody, or else a standby whose
     * slots are moved in each cycle would go through each cycle twice.
     */
    void backgroundQuietly(String name, Runnable work);
}
