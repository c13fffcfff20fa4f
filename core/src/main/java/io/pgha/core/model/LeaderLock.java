package io.pgha.core.model;

/**
 * The leader lock as it stands in the DCS.
 *
 * @param holder name of the member that holds it, not empty
 * @param leaseId the lease that the key is attached to; 0 when it has none (it then never expires)
 * @param modRevision revision of the last write of the key
 */
public record LeaderLock(String holder, long leaseId, long modRevision) {}
