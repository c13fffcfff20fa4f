package io.pgha.restapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Role;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.WalSender;
import io.pgha.core.view.ClusterFlags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rebuilds the snapshot that a pgha node would have published where a Patroni node gave a recorded body. */
final class SampleNode {
    static final MonotonicTime NOW = new MonotonicTime(Duration.ofHours(1).toNanos());

    private SampleNode() {}

    static NodeSnapshot of(Sample sample, JsonNode body) {
        return builder(sample, body).build();
    }

    static NodeSnapshotBuilder builder(Sample sample, JsonNode body) {
        ClusterView cluster = sample.cluster();
        ClusterFlags flags = ClusterFlags.of(cluster);
        boolean leads = cluster.isLedBy(sample.member());
        Role role = Role.parse(body.get("role").asText()).orElseThrow();
        NodeSnapshotBuilder node = NodeSnapshot.builder("demo", sample.member())
                .versions("4.1.4", "test")
                .state(PostgresState.parse(body.get("state").asText()).orElseThrow())
                .role(role)
                .server(Optional.of(server(body, role)))
                .systemIdentifier(SampleCluster.text(body, "database_system_identifier"))
                .cluster(Optional.of(cluster))
                .takesWrites(role == Role.PRIMARY)
                .paused(flags.paused())
                .failsafe(sample.keys().get("config").contains("\"failsafe_mode\":true"), false)
                .dcsLastSeen(Instant.ofEpochSecond(body.get("dcs_last_seen").asLong()))
                .synchronousMode(
                        flags.quorum()
                                ? SynchronousMode.QUORUM
                                : flags.synchronous() ? SynchronousMode.PRIORITY : SynchronousMode.OFF)
                .ttl(Duration.ofSeconds(20))
                .published(NOW.minus(Duration.ofSeconds(1)), NOW.plus(Duration.ofSeconds(1)))
                .pendingRestart(
                        body.path("pending_restart").asBoolean(),
                        SampleCluster.reasons(body.path("pending_restart_reason")));
        if (leads) {
            node.lockValidUntil(Optional.of(NOW.plus(Duration.ofSeconds(10))));
        }
        if (body.has("tags")) {
            node.tags(new Tags(SampleCluster.map(body.get("tags"))));
        }
        if (body.has("scheduled_restart")) {
            node.scheduledRestart(SampleCluster.map(body.get("scheduled_restart")));
        }
        return node;
    }

    private static ServerStatus server(JsonNode body, Role role) {
        JsonNode xlog = body.get("xlog");
        boolean standby = role != Role.PRIMARY;
        return new ServerStatus(
                body.get("server_version").asInt(),
                body.get("postmaster_start_time").asText(),
                standby,
                new Timeline(body.get("timeline").asInt()),
                new Lsn(xlog.path("location").asLong()),
                standby ? Optional.of(new Lsn(xlog.get("received_location").asLong())) : Optional.empty(),
                standby ? Optional.of(new Lsn(xlog.get("replayed_location").asLong())) : Optional.empty(),
                Optional.empty(),
                SampleCluster.text(xlog, "replayed_timestamp"),
                xlog.path("paused").asBoolean(),
                SampleCluster.text(body, "replication_state"),
                Optional.empty(),
                senders(body.path("replication")),
                io.pgha.core.model.SyncParameters.NONE,
                List.of());
    }

    private static List<WalSender> senders(JsonNode rows) {
        List<WalSender> senders = new ArrayList<>();
        rows.forEach(row -> senders.add(new WalSender(
                row.get("usename").asText(),
                row.get("application_name").asText(),
                SampleCluster.text(row, "client_addr"),
                row.get("state").asText(),
                row.get("sync_state").asText(),
                row.get("sync_priority").asInt(),
                Lsn.ZERO,
                Lsn.ZERO,
                Lsn.ZERO)));
        return senders;
    }
}
