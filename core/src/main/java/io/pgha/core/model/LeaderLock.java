package io.pgha.core.model;

/**
 * The leader lock as it stands in the DCS.
 *
 * @param holder name of the member that holds it, not empty
 * @param leaseId the lease that the key is attached to; 0 when it has none (it then never expires)
 * @param modRevision revision of the last write of the key
 */
public record LeaderLock(String holder, long leaseId, long modRevision) {
    /** A lock that was not read: just taken, or that of a primary in failsafe mode, which does without (facts §5.2). */
    public static LeaderLock assumed(String holder) {
        return new LeaderLock(holder, 0, 0);
    }

    /** Whether it was not read from the DCS. */
    public boolean isAssumed() {
        return modRevision == 0;
    }
}
