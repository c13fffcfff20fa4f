package io.pgha.core.election;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;

/**
 * This node as it stands for election.
 *
 * @param name its name
 * @param walPosition the later of received and replayed
 * @param timeline unknown when PostgreSQL did not tell
 * @param failoverPriority its tag; breaks ties
 * @param clusterStatus what the last leader published of itself
 * @param clusterTimeline from the cluster's history; unknown when there is none
 * @param lastLeader who led last; empty text when unknown
 */
public record Contender(
        String name,
        Lsn walPosition,
        Timeline timeline,
        int failoverPriority,
        ClusterStatus clusterStatus,
        Timeline clusterTimeline,
        String lastLeader) {
    /** How far it is behind the last leader's last published position, in bytes. */
    public long lag() {
        return clusterStatus.optime().bytesAheadOf(walPosition);
    }
}
