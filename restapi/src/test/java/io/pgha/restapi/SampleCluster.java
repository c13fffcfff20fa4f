package io.pgha.restapi;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.PendingRestartReason;
import io.pgha.core.model.SyncState;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Turns recorded keys into a {@link ClusterView}; only for well-formed samples. */
final class SampleCluster {
    private SampleCluster() {}

    static ClusterView parse(Map<String, String> keys) {
        SortedMap<String, Member> members = new TreeMap<>();
        keys.forEach((key, value) -> {
            if (key.startsWith("members/")) {
                String name = key.substring("members/".length());
                members.put(name, member(name, Sample.json(value)));
            }
        });
        Optional<JsonNode> status = json(keys, "status");
        return new ClusterView(
                1,
                Optional.ofNullable(keys.get("initialize")),
                1,
                json(keys, "config").map(node -> new DynamicConfigKey(map(node), 1, true)),
                Optional.ofNullable(keys.get("leader")).map(name -> new LeaderLock(name, 1, 1)),
                members,
                new ClusterStatus(
                        status.map(node -> new Lsn(node.path("optime").asLong()))
                                .orElse(Lsn.ZERO),
                        Map.of(),
                        List.of()),
                json(keys, "failover")
                        .map(node -> new FailoverRequest(
                                text(node, "leader"), text(node, "member"), text(node, "scheduled_at"), 1)),
                json(keys, "sync").map(SampleCluster::sync),
                json(keys, "history").map(SampleCluster::history),
                json(keys, "failsafe").map(SampleCluster::strings).orElse(Map.of()));
    }

    static Map<String, Object> map(JsonNode node) {
        return Sample.JSON.convertValue(node, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    static Map<String, PendingRestartReason> reasons(JsonNode node) {
        Map<String, PendingRestartReason> reasons = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> reasons.put(
                        entry.getKey(),
                        new PendingRestartReason(
                                entry.getValue().path("old_value").asText(),
                                entry.getValue().path("new_value").asText())));
        return reasons;
    }

    private static Member member(String name, JsonNode node) {
        MemberBuilder member = new MemberBuilder(name);
        text(node, "conn_url").ifPresent(member::connUrl);
        text(node, "api_url").ifPresent(member::apiUrl);
        text(node, "state").ifPresent(member::stateText);
        text(node, "role").ifPresent(member::roleText);
        text(node, "version").ifPresent(member::version);
        text(node, "replication_state").ifPresent(member::replicationState);
        lsn(node, "xlog_location", member::xlogLocation);
        lsn(node, "receive_lsn", member::receiveLsn);
        lsn(node, "replay_lsn", member::replayLsn);
        member.timeline(new Timeline(node.path("timeline").asInt()));
        if (node.has("tags")) {
            member.tags(new Tags(map(node.get("tags"))));
        }
        if (node.has("scheduled_restart")) {
            member.scheduledRestart(map(node.get("scheduled_restart")));
        }
        member.pendingRestart(node.path("pending_restart").asBoolean(), reasons(node.path("pending_restart_reason")));
        return member.build();
    }

    private static SyncState sync(JsonNode node) {
        List<String> voters = text(node, "sync_standby")
                .map(text -> List.of(text.split(",", -1)))
                .orElse(List.of());
        return new SyncState(text(node, "leader"), node.path("quorum").asInt(), voters, 1);
    }

    private static List<HistoryEntry> history(JsonNode node) {
        List<HistoryEntry> lines = new ArrayList<>();
        node.forEach(line -> lines.add(new HistoryEntry(
                new Timeline(line.get(0).asInt()),
                new Lsn(line.get(1).asLong()),
                line.get(2).asText(),
                Optional.ofNullable(line.get(3)).map(JsonNode::asText),
                Optional.ofNullable(line.get(4)).map(JsonNode::asText))));
        return lines;
    }

    private static Map<String, String> strings(JsonNode node) {
        Map<String, String> map = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    private static void lsn(JsonNode node, String field, Consumer<Lsn> target) {
        if (node.has(field)) {
            target.accept(new Lsn(node.get(field).asLong()));
        }
    }

    static Optional<String> text(JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
    }

    private static Optional<JsonNode> json(Map<String, String> keys, String key) {
        return Optional.ofNullable(keys.get(key)).map(Sample::json);
    }
}
