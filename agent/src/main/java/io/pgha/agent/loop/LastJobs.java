package io.pgha.agent.loop;

import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobOutcome;
import io.pgha.core.model.JobStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What came of the work that an operator ordered or waits for, the last of each kind. The loop's thread only. */
final class LastJobs {
    /** Kinds after which somebody asks; a failed copy is followed at once by a start, which must not hide it. */
    private static final Set<JobKind> KEPT = EnumSet.of(
            JobKind.CLONE,
            JobKind.CRASH_RECOVERY,
            JobKind.REWIND,
            JobKind.SET_ASIDE,
            JobKind.RESTART,
            JobKind.REINITIALIZE);

    private final Map<JobKind, JobOutcome> outcomes = new EnumMap<>(JobKind.class);

    void finished(JobStatus.Finished job, Instant at) {
        if (KEPT.contains(job.kind())) {
            outcomes.put(job.kind(), new JobOutcome(job, at));
        }
    }

    Map<JobKind, JobOutcome> shown() {
        return Collections.unmodifiableMap(outcomes);
    }
}
