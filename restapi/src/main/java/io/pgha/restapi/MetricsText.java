package io.pgha.restapi;

import static java.util.stream.Collectors.joining;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Role;
import io.pgha.core.model.ServerStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * {@code GET /metrics} in Prometheus' text format: Patroni's names, texts and order (facts §3.7), then ours. Pure.
 *
 * <p>Written by hand: the Prometheus client sorts, renames counters to {@code _total} and cannot print {@code 040104}.
 */
final class MetricsText {
    private static final String STATES = Arrays.stream(PostgresState.values())
            .map(state -> state.metricNumber() + "=" + state.metricName())
            .collect(joining(", "));

    private MetricsText() {}

    static String of(NodeSnapshot node, MonotonicTime now) {
        Page page = new Page("scope=\"" + escape(node.scope()) + "\",name=\"" + escape(node.name()) + "\"");
        patroni(page, node, now);
        ours(page, node, now);
        return page.text.toString();
    }

    private static void patroni(Page page, NodeSnapshot node, MonotonicTime now) {
        Optional<ServerStatus> server = node.answering();
        boolean standby = server.filter(ServerStatus::inRecovery).isPresent();
        Role role = node.shownRole();
        page.gauge("patroni_version", "Patroni semver without periods.", digits(node.wireVersion()));
        page.gauge(
                "patroni_postgres_running", "Value is 1 if Postgres is running, 0 otherwise.", flag(node.isRunning()));
        page.gauge(
                "patroni_postmaster_start_time",
                "Epoch seconds since Postgres started.",
                server.map(status -> epoch(status.postmasterStartTime())).orElse("0"));
        page.gauge(
                "patroni_primary", "Value is 1 if this node is the leader, 0 otherwise.", flag(role == Role.PRIMARY));
        page.counter(
                "patroni_xlog_location",
                "Current location of the Postgres transaction log, 0 if this node is not the leader.",
                number(standby ? Lsn.ZERO : server.map(ServerStatus::location).orElse(Lsn.ZERO)));
        page.gauge(
                "patroni_standby_leader",
                "Value is 1 if this node is the standby_leader, 0 otherwise.",
                flag(role == Role.STANDBY_LEADER));
        page.gauge("patroni_replica", "Value is 1 if this node is a replica, 0 otherwise.", flag(role == Role.REPLICA));
        page.gauge(
                "patroni_sync_standby",
                "Value is 1 if this node is a sync standby, 0 otherwise.",
                flag(HealthChecks.isSynchronousStandby(node, SynchronousMode.PRIORITY, now)));
        page.gauge(
                "patroni_quorum_standby",
                "Value is 1 if this node is a quorum standby, 0 otherwise.",
                flag(HealthChecks.isSynchronousStandby(node, SynchronousMode.QUORUM, now)));
        page.counter(
                "patroni_xlog_received_location",
                "Current location of the received Postgres transaction log, 0 if this node is not a replica.",
                number(standby ? received(server) : Lsn.ZERO));
        page.counter(
                "patroni_xlog_replayed_location",
                "Current location of the replayed Postgres transaction log, 0 if this node is not a replica.",
                number(standby ? HealthChecks.replayed(node) : Lsn.ZERO));
        page.gauge(
                "patroni_xlog_replayed_timestamp",
                "Current timestamp of the replayed Postgres transaction log, 0 if null.",
                server.flatMap(ServerStatus::replayedTimestamp)
                        .map(MetricsText::epoch)
                        .orElse("0"));
        page.gauge(
                "patroni_xlog_paused",
                "Value is 1 if the Postgres xlog is paused, 0 otherwise.",
                flag(standby && server.filter(ServerStatus::replayPaused).isPresent()));
        page.gauge(
                "patroni_postgres_streaming",
                "Value is 1 if Postgres is streaming, 0 otherwise.",
                flag(isReplicating(server, "streaming")));
        page.gauge(
                "patroni_postgres_in_archive_recovery",
                "Value is 1 if Postgres is replicating from archive, 0 otherwise.",
                flag(isReplicating(server, "in archive recovery")));
        page.gauge(
                "patroni_postgres_server_version",
                "Version of Postgres (if running), 0 otherwise.",
                Integer.toString(server.map(ServerStatus::serverVersion).orElse(0)));
        page.gauge(
                "patroni_cluster_unlocked",
                "Value is 1 if the cluster is unlocked, 0 if locked.",
                flag(node.cluster(now).map(ClusterView::isUnlocked).orElse(true)));
        page.gauge(
                "patroni_failsafe_mode_is_active",
                "Value is 1 if failsafe mode is active, 0 if inactive.",
                flag(node.failsafeActive()));
        page.gauge(
                "patroni_failsafe_mode_enabled",
                "Value is 1 if failsafe_mode is enabled, 0 otherwise.",
                flag(node.failsafeEnabled()));
        page.gauge(
                "patroni_failsafe_member",
                "Value is 1 if this node is a member of failsafe, 0 otherwise.",
                flag(node.cluster(now)
                        .filter(view -> view.failsafe().containsKey(node.name()))
                        .isPresent()));
        page.gauge(
                "patroni_postgres_timeline",
                "Postgres timeline of this node (if running), 0 otherwise.",
                Integer.toString(
                        server.map(status -> status.timeline().number()).orElse(0)));
        page.gauge(
                "patroni_dcs_last_seen",
                "Epoch timestamp when DCS was last contacted successfully by Patroni.",
                Long.toString(node.dcsLastSeen().getEpochSecond()));
        page.gauge(
                "patroni_pending_restart",
                "Value is 1 if the node needs a restart, 0 otherwise.",
                flag(node.pendingRestart()));
        page.gauge("patroni_is_paused", "Value is 1 if auto failover is disabled, 0 otherwise.", flag(node.paused()));
        page.comment("HELP", "patroni_postgres_state Numeric representation of Postgres state.");
        page.comment("Values:", STATES);
        page.comment("TYPE", "patroni_postgres_state gauge");
        page.sample("patroni_postgres_state", "", Integer.toString(stateNumber(node)));
        page.gauge(
                "patroni_failover_priority",
                "Failover priority of this node.",
                Integer.toString(node.tags().failoverPriority()));
    }

    private static void ours(Page page, NodeSnapshot node, MonotonicTime now) {
        LoopStatistics loop = node.statistics();
        page.gauge(
                "pgha_takes_writes",
                "Value is 1 if Postgres runs as a primary that accepts writes.",
                flag(node.takesWrites()));
        page.gauge(
                "pgha_lock_seconds_left",
                "Seconds until the leader lock must be proven again, 0 if it is not held.",
                seconds(lockLeft(node, now)));
        page.gauge(
                "pgha_snapshot_age_seconds",
                "Seconds since the loop last published what it knows.",
                seconds(now.since(node.publishedAt())));
        page.header("pgha_fence_armed", "Value is 1 if this layer would stop Postgres if the agent died now.", "gauge");
        node.fences()
                .forEach(layer ->
                        page.sample("pgha_fence_armed", "layer=\"" + escape(layer.name()) + "\"", flag(layer.armed())));
        page.counter("pgha_cycles_total", "Cycles that the loop ran.", Long.toString(loop.cycles()));
        page.gauge(
                "pgha_cycle_lateness_seconds",
                "By how much the last cycle began after it was due.",
                seconds(loop.lateness()));
        page.gauge("pgha_cycle_duration_seconds", "How long the last cycle took.", seconds(loop.cycleTime()));
        page.header("pgha_decisions_total", "Cycles in which each rule matched.", "counter");
        loop.decisionsByRule()
                .forEach((rule, count) ->
                        page.sample("pgha_decisions_total", "rule=\"" + escape(rule) + "\"", Long.toString(count)));
        page.gauge(
                "pgha_job_running",
                "Value is 1 while long work (a copy, a rewind, a restart) is going on.",
                flag(node.job().isPresent()));
    }

    private static Duration lockLeft(NodeSnapshot node, MonotonicTime now) {
        Duration left = node.lockValidUntil().map(until -> until.since(now)).orElse(Duration.ZERO);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Lsn received(Optional<ServerStatus> server) {
        return server.flatMap(ServerStatus::received)
                .filter(lsn -> !lsn.isZero())
                .or(() -> server.flatMap(ServerStatus::replayed))
                .orElse(Lsn.ZERO);
    }

    private static boolean isReplicating(Optional<ServerStatus> server, String how) {
        return server.flatMap(ServerStatus::replicationState)
                .filter(how::equals)
                .isPresent();
    }

    private static int stateNumber(NodeSnapshot node) {
        return node.shownState().equals("unknown") ? -1 : node.state().metricNumber();
    }

    /** {@code 4.1.4} as {@code 040104}. */
    private static String digits(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .map(part -> part.length() < 2 ? "0" + part : part)
                .collect(joining());
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }

    private static String number(Lsn lsn) {
        return Long.toString(lsn.bytes());
    }

    private static String seconds(Duration duration) {
        return decimal(duration.toSeconds(), duration.toNanosPart() / 1000);
    }

    /** PostgreSQL's time stamp text as seconds since 1970 with its fraction; 0 when it is not one. */
    static String epoch(String timestamp) {
        try {
            Instant instant = OffsetDateTime.parse(timestamp.replace(' ', 'T')).toInstant();
            return decimal(instant.getEpochSecond(), instant.getNano() / 1000);
        } catch (DateTimeException e) {
            return "0";
        }
    }

    private static String decimal(long seconds, int micros) {
        String fraction = String.format("%06d", micros).replaceFirst("0+$", "");
        return seconds + "." + (fraction.isEmpty() ? "0" : fraction);
    }

    private static String escape(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** The page as it grows; every sample carries the node's labels. */
    private static final class Page {
        private final StringBuilder text = new StringBuilder(8192);
        private final String labels;

        Page(String labels) {
            this.labels = labels;
        }

        void gauge(String name, String help, String value) {
            header(name, help, "gauge");
            sample(name, "", value);
        }

        void counter(String name, String help, String value) {
            header(name, help, "counter");
            sample(name, "", value);
        }

        void header(String name, String help, String type) {
            comment("HELP", name + " " + help);
            comment("TYPE", name + " " + type);
        }

        void comment(String word, String rest) {
            text.append("# ").append(word).append(' ').append(rest).append('\n');
        }

        void sample(String name, String furtherLabel, String value) {
            text.append(name).append('{').append(labels);
            if (!furtherLabel.isEmpty()) {
                text.append(',').append(furtherLabel);
            }
            text.append("} ").append(value).append('\n');
        }
    }
}
