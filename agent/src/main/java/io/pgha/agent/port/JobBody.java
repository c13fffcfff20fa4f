package io.pgha.agent.port;

import io.pgha.core.model.JobStatus;
import io.pgha.postgres.JobControl;

/** The work of one Job. */
@FunctionalInterface
public interface JobBody {
    /** Does the work. Blocks; looks at the control between its steps. Its end wakes the loop. */
    JobStatus.Finished run(JobControl control);
}
