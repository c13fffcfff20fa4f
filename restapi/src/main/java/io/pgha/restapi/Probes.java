package io.pgha.restapi;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.ServerStatus;
import java.time.Duration;

/** {@code /liveness} and {@code /readiness} (facts §3.5). Pure. */
final class Probes {
    private Probes() {}

    /** 200 while the loop runs on time, or while the cluster is paused. */
    static int liveness(NodeSnapshot node, MonotonicTime now) {
        boolean writing = node.takesWrites() && node.isRunning();
        Duration patience = writing ? node.ttl() : node.ttl().multipliedBy(2);
        boolean alive = node.paused() || node.nextCycleDue().plus(patience).isAfter(now);
        return alive ? HealthChecks.OK : HealthChecks.UNAVAILABLE;
    }

    /** 200 when it leads, or when it streams and is not too far behind. */
    static int readiness(Query query, NodeSnapshot node, MonotonicTime now) {
        return !node.isStale(now) && isReady(query, node, now) ? HealthChecks.OK : HealthChecks.UNAVAILABLE;
    }

    private static boolean isReady(Query query, NodeSnapshot node, MonotonicTime now) {
        if (node.holdsLock(now)) {
            return true;
        }
        boolean streaming = node.answering().filter(ServerStatus::isStreaming).isPresent();
        if (!node.isRunning() || !streaming) {
            return false;
        }
        boolean knowsLeaderPosition = node.cluster(now).isPresent()
                || node.answering().flatMap(ServerStatus::latestEnd).isPresent();
        if (!knowsLeaderPosition) {
            return node.failsafeActive();
        }
        return HealthChecks.lag(node, now, position(query, node)) <= limit(query, node);
    }

    private static Lsn position(Query query, NodeSnapshot node) {
        boolean byWrite = query.first("mode").filter("write"::equals).isPresent();
        Lsn replayed = HealthChecks.replayed(node);
        return byWrite ? node.answering().flatMap(ServerStatus::received).orElse(replayed) : replayed;
    }

    private static long limit(Query query, NodeSnapshot node) {
        return query.first("lag")
                .map(DataSize::parse)
                .map(size -> size.orElse(node.maximumLagOnFailover()))
                .orElse(node.maximumLagOnFailover());
    }
}
