package io.pgha.agent.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.Role;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code GET /patroni} of a peer of any version (facts §3.4) as facts §5.3 "member status" wants it: without a WAL
 * position it counts as unreachable, every other field may be missing or nonsense.
 */
final class PeerStatus {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(50).build())
                    .build())
            .build();

    private PeerStatus() {}

    static PeerAnswer parse(String name, byte[] body) {
        JsonNode status;
        try {
            status = JSON.readTree(body);
        } catch (IOException e) {
            return PeerAnswer.unreachable(name, "its answer is not JSON");
        }
        JsonNode xlog = status.has("wal") ? status.path("wal") : status.path("xlog");
        if (!xlog.isObject()) {
            return PeerAnswer.unreachable(name, "its answer tells no WAL position: its PostgreSQL does not answer");
        }
        long location = position(xlog, "location");
        Optional<Role> role = Role.parse(status.path("role").asText(""));
        boolean primary = location > 0 || role.filter(Role.PRIMARY::equals).isPresent();
        long wal =
                primary ? location : Math.max(position(xlog, "received_location"), position(xlog, "replayed_location"));
        long timeline = status.path("timeline").asLong(0);
        return new PeerAnswer(
                name,
                true,
                !primary,
                new Lsn(wal),
                timeline > 0 && timeline <= Integer.MAX_VALUE ? new Timeline((int) timeline) : Timeline.UNKNOWN,
                status.path("pgha").path("positions_current").asBoolean(true),
                tags(status.path("tags")),
                status.path("watchdog_failed").asBoolean(false),
                Optional.empty());
    }

    private static long position(JsonNode xlog, String field) {
        return Math.max(0, xlog.path(field).asLong(0));
    }

    private static Tags tags(JsonNode node) {
        if (!node.isObject()) {
            return Tags.NONE;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties().forEach(tag -> {
            Object value = JSON.convertValue(tag.getValue(), Object.class);
            if (value != null) {
                values.put(tag.getKey(), value);
            }
        });
        return new Tags(values);
    }
}
