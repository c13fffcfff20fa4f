package io.pgha.core.model;

import java.util.List;
import java.util.Optional;

/**
 * The key {@code sync} (facts §1.8): who may take over without losing an acknowledged commit.
 *
 * @param leader last primary that ran with synchronous mode
 * @param quorum number of other voters whose position must be compared; 0 in priority mode
 * @param voters member names, sorted
 * @param modRevision revision of the key, for compare-and-set
 */
public record SyncState(Optional<String> leader, int quorum, List<String> voters, long modRevision) {
    public SyncState {
        voters = List.copyOf(voters);
    }

    /** Whether the member is a voter; names are compared without case (facts §1.8). */
    public boolean hasVoter(String member) {
        return voters.stream().anyMatch(voter -> voter.equalsIgnoreCase(member));
    }

    /** Whether the member is a voter or the leader. */
    public boolean names(String member) {
        return hasVoter(member)
                || leader.filter(name -> name.equalsIgnoreCase(member)).isPresent();
    }
}
