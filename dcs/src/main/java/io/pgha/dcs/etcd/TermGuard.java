package io.pgha.dcs.etcd;

import io.etcd.jetcd.api.ResponseHeader;

/** Notices answers from a member of etcd that has fallen behind: its term is lower than one seen before (facts §1.1). */
final class TermGuard {
    private long clusterId;
    private long highestTerm;

    /** Whether the answer may be used. */
    synchronized boolean accepts(ResponseHeader header) {
        if (header.getClusterId() != clusterId) {
            clusterId = header.getClusterId();
            highestTerm = header.getRaftTerm();
            return true;
        }
        if (header.getRaftTerm() < highestTerm) {
            return false;
        }
        highestTerm = header.getRaftTerm();
        return true;
    }
}
