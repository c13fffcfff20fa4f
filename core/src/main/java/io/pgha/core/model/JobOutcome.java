package io.pgha.core.model;

import java.time.Instant;

/**
 * What came of a Job, for those who ask later.
 *
 * @param job what it did and how it ended
 * @param at wall time of the cycle that heard of it
 */
public record JobOutcome(JobStatus.Finished job, Instant at) {}
