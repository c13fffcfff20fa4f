package io.pgha.dcs.etcd;

import io.etcd.jetcd.api.ResponseHeader;
import io.pgha.core.model.MonotonicTime;
import java.time.Duration;

/**
 * Notices answers from a member of etcd that has fallen behind: its term is lower than one seen before (facts §1.1). When for a
 * whole TTL nobody has answered with that term it is etcd itself that began anew, from a snapshot: terms count from there.
 */
final class TermGuard {
    private long clusterId;
    private long highestTerm;
    private MonotonicTime acceptedAt = new MonotonicTime(0);

    /**
     * Whether the answer may be used.
     *
     * @param ttl of the lock: what was proven by an answer of the higher term is over by then
     */
    synchronized boolean accepts(ResponseHeader header, MonotonicTime now, Duration ttl) {
        boolean same = header.getClusterId() == clusterId;
        boolean behind = same && header.getRaftTerm() < highestTerm;
        if (behind && now.since(acceptedAt).compareTo(ttl) < 0) {
            return false;
        }
        clusterId = header.getClusterId();
        highestTerm = header.getRaftTerm();
        acceptedAt = now;
        return true;
    }
}
