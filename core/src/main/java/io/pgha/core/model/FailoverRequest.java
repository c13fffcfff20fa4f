package io.pgha.core.model;

import java.util.Optional;

/**
 * The key {@code failover} (facts §1.7). With a leader it asks for a switchover, without one for a manual failover.
 *
 * @param leader member that is to be demoted
 * @param candidate member that is to take over (JSON field {@code member})
 * @param scheduledAt ISO 8601 text as written, only for scheduled switchovers
 * @param modRevision revision of the key, for compare-and-set
 */
public record FailoverRequest(
        Optional<String> leader, Optional<String> candidate, Optional<String> scheduledAt, long modRevision) {
    /** An empty object counts as absent (facts §5.3). */
    public boolean isPresent() {
        return leader.isPresent() || candidate.isPresent();
    }
}
