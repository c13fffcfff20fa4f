package io.pgha.restapi;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Role;
import io.pgha.core.model.ServerStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What HAProxy and its like ask: path, query, snapshot and time in, status code out (facts §3.3). Pure.
 *
 * <p>A snapshot that is {@linkplain NodeSnapshot#isStale too old} fails every check: a loop that hangs cannot vouch for
 * its server.
 */
public final class HealthChecks {
    static final int OK = 200;
    static final int UNAVAILABLE = 503;

    private HealthChecks() {}

    /** As {@link #status(String, Query, NodeSnapshot, MonotonicTime)} with the raw query, which may be absent. */
    public static int status(String path, @Nullable String rawQuery, NodeSnapshot snapshot, MonotonicTime now) {
        return status(path, Query.parse(rawQuery), snapshot, now);
    }

    /** The status code of a health check: 200 or 503. Every path is one; those that mean nothing give 503. */
    static int status(String path, Query query, NodeSnapshot snapshot, MonotonicTime now) {
        return !snapshot.isStale(now) && new Check(query, snapshot, now).passes(path) ? OK : UNAVAILABLE;
    }

    /** The order and the substring matches are Patroni's: the first test that matches decides. */
    private record Check(Query query, NodeSnapshot node, MonotonicTime now) {
        boolean passes(String path) {
            if (path.contains("standby_leader") || path.contains("standby-leader")) {
                return leadsStandbyCluster();
            }
            if (path.contains("leader")) {
                return leads();
            }
            if (path.contains("master")
                    || path.contains("primary")
                    || path.contains("read-write")
                    || path.equals("/")) {
                return takesWrites();
            }
            return passesTagged(path) && tagsMatch();
        }

        private boolean passesTagged(String path) {
            if (path.contains("replica")) {
                return servesReads();
            }
            if (path.contains("read-only") && !path.contains("sync") && !path.contains("quorum")) {
                return takesWrites() || leadsStandbyCluster() || servesReads();
            }
            if (path.contains("health")) {
                return node.isRunning();
            }
            return switch (path) {
                case "/sync", "/synchronous" -> isStandby(SynchronousMode.PRIORITY) && servesReads();
                case "/quorum" -> isStandby(SynchronousMode.QUORUM) && servesReads();
                case "/async", "/asynchronous" ->
                    hasCluster()
                            && !isStandby(SynchronousMode.PRIORITY)
                            && !isStandby(SynchronousMode.QUORUM)
                            && servesReads();
                case "/read-only-quorum" ->
                    hasCluster()
                            && (takesWrites()
                                    || leadsStandbyCluster()
                                    || (isStandby(SynchronousMode.QUORUM) && servesReads()));
                case "/read-only-sync", "/read-only-synchronous" ->
                    hasCluster()
                            && (takesWrites()
                                    || leadsStandbyCluster()
                                    || (isStandby(SynchronousMode.PRIORITY) && servesReads()));
                default -> false;
            };
        }

        private boolean leads() {
            return node.holdsLock(now)
                    || (isPausedWithoutCluster()
                            && (node.shownRole() == Role.PRIMARY || node.shownRole() == Role.STANDBY_LEADER));
        }

        /** Patroni asks for the lock only; we also want the server to be past its promotion (issue 2, item 7). */
        private boolean takesWrites() {
            boolean entitled = node.holdsLock(now)
                    ? !node.standbyCluster()
                    : isPausedWithoutCluster() && node.shownRole() == Role.PRIMARY;
            return entitled && node.takesWrites();
        }

        private boolean leadsStandbyCluster() {
            if (node.holdsLock(now)) {
                return node.standbyCluster()
                        && (node.shownRole() == Role.REPLICA || node.shownRole() == Role.STANDBY_LEADER);
            }
            return isPausedWithoutCluster() && node.shownRole() == Role.STANDBY_LEADER;
        }

        private boolean servesReads() {
            return !(node.holdsLock(now) && node.standbyCluster())
                    && !node.tags().noloadbalance()
                    && node.shownRole() == Role.REPLICA
                    && node.isRunning()
                    && !isLagging()
                    && replicationStateMatches();
        }

        private boolean isLagging() {
            OptionalLong limit = query.first("lag").map(DataSize::parse).orElse(OptionalLong.empty());
            return limit.isPresent() && lag(node, now, replayed(node)) > limit.getAsLong();
        }

        private boolean replicationStateMatches() {
            return query.first("replication_state")
                    .map(wanted -> node.answering()
                            .flatMap(ServerStatus::replicationState)
                            .filter(wanted::equals)
                            .isPresent())
                    .orElse(true);
        }

        private boolean isStandby(SynchronousMode mode) {
            return isSynchronousStandby(node, mode, now);
        }

        private boolean hasCluster() {
            return node.cluster(now).isPresent();
        }

        private boolean isPausedWithoutCluster() {
            return node.paused() && !hasCluster();
        }

        private boolean tagsMatch() {
            return query.parameters().stream()
                    .filter(parameter -> parameter.name().startsWith("tag_"))
                    .allMatch(parameter -> tagText(parameter.name().substring("tag_".length()))
                            .filter(parameter.value()::equals)
                            .isPresent());
        }

        private Optional<String> tagText(String tag) {
            Object value = node.tags().values().get(tag);
            if (value == null) {
                return Optional.empty();
            }
            return Optional.of(
                    value instanceof String text ? text : String.valueOf(value).toLowerCase(Locale.ROOT));
        }
    }

    /** Whether this node is a replica that the key {@code sync} names while the given mode is in force (facts §3.4). */
    static boolean isSynchronousStandby(NodeSnapshot node, SynchronousMode mode, MonotonicTime now) {
        return node.synchronousMode() == mode
                && node.shownRole() == Role.REPLICA
                && node.cluster(now)
                        .flatMap(view -> view.sync())
                        .filter(sync -> sync.hasVoter(node.name()))
                        .isPresent();
    }

    /** Bytes by which a position is behind the leader's last known one. */
    static long lag(NodeSnapshot node, MonotonicTime now, Lsn position) {
        Lsn optime = node.cluster(now).map(view -> view.status().optime()).orElse(Lsn.ZERO);
        Lsn heard = node.answering().flatMap(ServerStatus::latestEnd).orElse(Lsn.ZERO);
        return optime.max(heard).bytesAheadOf(position);
    }

    static Lsn replayed(NodeSnapshot node) {
        return node.answering().flatMap(ServerStatus::replayed).orElse(Lsn.ZERO);
    }
}
