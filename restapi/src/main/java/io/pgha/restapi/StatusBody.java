package io.pgha.restapi;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PendingRestartReason;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.WalSender;
import io.pgha.core.slots.SlotCondition;
import io.pgha.core.view.JobView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The body of {@code GET /patroni} and of every health check: Patroni's fields in Patroni's order (facts §3.4), then our
 * own under {@code pgha}. Pure.
 */
final class StatusBody {
    private StatusBody() {}

    static Map<String, Object> of(NodeSnapshot node, MonotonicTime now) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", node.shownState());
        node.answering().ifPresent(server -> body.put("postmaster_start_time", server.postmasterStartTime()));
        body.put("role", node.shownRole().word());
        node.answering().ifPresent(server -> putServer(body, server, node, now));
        putCluster(body, node, now);
        body.put("dcs_last_seen", node.dcsLastSeen().getEpochSecond());
        if (!node.tags().values().isEmpty()) {
            body.put("tags", node.tags().values());
        }
        node.systemIdentifier().ifPresent(id -> body.put("database_system_identifier", id));
        if (node.pendingRestart()) {
            body.put("pending_restart", true);
            body.put("pending_restart_reason", reasons(node.pendingRestartReasons()));
        }
        body.put("patroni", ordered("version", node.wireVersion(), "scope", node.scope(), "name", node.name()));
        if (!node.scheduledRestart().isEmpty()) {
            body.put("scheduled_restart", node.scheduledRestart());
        }
        if (node.watchdogFailed()) {
            body.put("watchdog_failed", true);
        }
        body.put("pgha", ours(node, now));
        return body;
    }

    private static void putServer(Map<String, Object> body, ServerStatus server, NodeSnapshot node, MonotonicTime now) {
        body.put("server_version", server.serverVersion());
        body.put(
                "xlog",
                server.inRecovery()
                        ? standbyPositions(server)
                        : Map.of("location", server.location().bytes()));
        if (HealthChecks.isSynchronousStandby(node, SynchronousMode.PRIORITY, now)) {
            body.put("sync_standby", true);
        } else if (HealthChecks.isSynchronousStandby(node, SynchronousMode.QUORUM, now)) {
            body.put("quorum_standby", true);
        }
        body.put("timeline", server.timeline().isKnown() ? server.timeline().number() : null);
        if (server.inRecovery()) {
            server.replicationState().ifPresent(state -> body.put("replication_state", state));
        }
        if (!server.walSenders().isEmpty()) {
            body.put(
                    "replication",
                    server.walSenders().stream().map(StatusBody::walSender).toList());
        }
    }

    private static Map<String, Object> standbyPositions(ServerStatus server) {
        Lsn replayed = server.replayed().orElse(Lsn.ZERO);
        return ordered(
                "received_location",
                server.received().filter(lsn -> !lsn.isZero()).orElse(replayed).bytes(),
                "replayed_location",
                replayed.bytes(),
                "replayed_timestamp",
                server.replayedTimestamp(),
                "paused",
                server.replayPaused());
    }

    private static Map<String, Object> walSender(WalSender sender) {
        return ordered(
                "usename",
                sender.username(),
                "application_name",
                sender.applicationName(),
                "client_addr",
                sender.clientAddress(),
                "state",
                sender.state(),
                "sync_state",
                sender.syncState(),
                "sync_priority",
                sender.syncPriority());
    }

    private static void putCluster(Map<String, Object> body, NodeSnapshot node, MonotonicTime now) {
        if (node.paused()) {
            body.put("pause", true);
        }
        if (node.cluster(now).map(ClusterView::isUnlocked).orElse(true)) {
            body.put("cluster_unlocked", true);
        }
        if (node.failsafeActive()) {
            body.put("failsafe_mode_is_active", true);
        }
    }

    static Map<String, Object> reasons(Map<String, PendingRestartReason> reasons) {
        Map<String, Object> shown = new LinkedHashMap<>();
        new TreeMap<>(reasons)
                .forEach((parameter, reason) ->
                        shown.put(parameter, ordered("old_value", reason.oldValue(), "new_value", reason.newValue())));
        return shown;
    }

    private static Map<String, Object> ours(NodeSnapshot node, MonotonicTime now) {
        Map<String, Object> ours = new LinkedHashMap<>();
        ours.put("version", node.pghaVersion());
        ours.put("takes_writes", node.takesWrites());
        ours.put("holds_lock", node.holdsLock(now));
        ours.put("stale", node.isStale(now));
        ours.put("failsafe_mode", node.failsafeEnabled());
        if (!node.positionsCurrent()) {
            ours.put("positions_current", false);
        }
        ours.put("fence", fences(node.fences()));
        if (!node.rule().isEmpty()) {
            ours.put("rule", node.rule());
            ours.put("reason", node.reason());
        }
        node.job().ifPresent(job -> ours.put("job", JobView.of(job)));
        if (!node.lastJobs().isEmpty()) {
            Map<String, Object> last = new LinkedHashMap<>();
            node.lastJobs().forEach((kind, outcome) -> last.put(kind.words(), JobView.of(outcome)));
            ours.put("last_jobs", last);
        }
        node.logicalSlots().filter(slots -> !node.isStale(now)).ifPresent(slots -> ours.put("slots", slots(slots)));
        node.complaint().ifPresent(complaint -> ours.put("complaint", complaint));
        return ours;
    }

    private static Map<String, Object> slots(Map<String, SlotCondition> slots) {
        Map<String, Object> shown = new LinkedHashMap<>();
        slots.forEach((name, slot) -> shown.put(name, ordered("ready", slot.ready(), "reason", slot.reason())));
        return shown;
    }

    private static List<Map<String, Object>> fences(List<FenceLayer> layers) {
        return layers.stream()
                .map(layer -> ordered("layer", layer.name(), "armed", layer.armed(), "detail", layer.detail()))
                .toList();
    }

    /** Names and values in this order; an absent optional becomes JSON's null. */
    static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            map.put((String) namesAndValues[i], value instanceof Optional<?> optional ? optional.orElse(null) : value);
        }
        return map;
    }
}
