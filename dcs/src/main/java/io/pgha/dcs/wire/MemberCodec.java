package io.pgha.dcs.wire;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.PendingRestartReason;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code members/NAME} (facts §1.4). Fields that this version does not know, and known ones of another
 * type than expected, are kept as {@linkplain Member#unknownFields() unknown fields}, so that they survive a rewrite.
 */
public final class MemberCodec {
    private MemberCodec() {}

    /** The JSON object, fields in Patroni's order; the name and the lease stand elsewhere. */
    public static byte[] encode(Member member) {
        return PythonJson.bytes(toJson(member));
    }

    /** Reads a member; garbage gives a member that has nothing but its name and lease (facts §1.2). */
    public static Member decode(String name, byte[] value, long leaseId) {
        MemberBuilder builder = new MemberBuilder(name).leaseId(leaseId);
        String start = new String(value, 0, Math.min(value.length, 8), StandardCharsets.ISO_8859_1);
        if (start.startsWith("postgres")) {
            ancientUrl(new String(value, StandardCharsets.UTF_8), builder);
        } else {
            DcsJson.parseObject(value)
                    .ifPresent(fields -> fields.forEach((field, content) -> {
                        if (!known(field, content, builder)) {
                            builder.unknownField(field, content);
                        }
                    }));
        }
        return builder.build();
    }

    private static Map<String, @Nullable Object> toJson(Member member) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        member.connUrl().ifPresent(url -> json.put("conn_url", url));
        member.apiUrl().ifPresent(url -> json.put("api_url", url));
        member.state().ifPresent(state -> json.put("state", state));
        member.role().ifPresent(role -> json.put("role", role));
        member.version().ifPresent(version -> json.put("version", version));
        member.proxyUrl().ifPresent(url -> json.put("proxy_url", url));
        member.checkpointAfterPromote().ifPresent(done -> json.put("checkpoint_after_promote", done));
        if (!member.tags().values().isEmpty()) {
            json.put("tags", member.tags().values());
        }
        if (member.pendingRestart()) {
            json.put("pending_restart", true);
        }
        if (!member.pendingRestartReasons().isEmpty()) {
            json.put("pending_restart_reason", reasonsToJson(member.pendingRestartReasons()));
        }
        member.xlogLocation().ifPresent(lsn -> json.put("xlog_location", lsn.bytes()));
        member.replayLsn().ifPresent(lsn -> json.put("replay_lsn", lsn.bytes()));
        member.receiveLsn().ifPresent(lsn -> json.put("receive_lsn", lsn.bytes()));
        member.replicationState().ifPresent(state -> json.put("replication_state", state));
        if (member.timeline().isKnown()) {
            json.put("timeline", member.timeline().number());
        }
        if (!member.scheduledRestart().isEmpty()) {
            json.put("scheduled_restart", member.scheduledRestart());
        }
        if (member.pause()) {
            json.put("pause", true);
        }
        member.unknownFields().forEach(json::putIfAbsent);
        return json;
    }

    private static Map<String, Object> reasonsToJson(Map<String, PendingRestartReason> reasons) {
        Map<String, Object> json = new LinkedHashMap<>();
        // Sorted: each member shows the same reasons in the same order.
        new TreeMap<>(reasons).forEach((parameter, reason) -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("old_value", reason.oldValue());
            values.put("new_value", reason.newValue());
            json.put(parameter, values);
        });
        return json;
    }

    /** Whether the field is one of ours and of the right type; then it is in the builder. */
    private static boolean known(String field, @Nullable Object value, MemberBuilder to) {
        return switch (field) {
            case "conn_url" -> text(value, to::connUrl);
            case "api_url" -> text(value, to::apiUrl);
            case "state" -> text(value, to::stateText);
            case "role" -> text(value, to::roleText);
            case "version" -> text(value, to::version);
            case "proxy_url" -> text(value, to::proxyUrl);
            case "replication_state" -> text(value, to::replicationState);
            case "xlog_location" -> lsn(value, to::xlogLocation);
            case "replay_lsn" -> lsn(value, to::replayLsn);
            case "receive_lsn" -> lsn(value, to::receiveLsn);
            case "timeline" -> timeline(value, to);
            case "checkpoint_after_promote" ->
                value instanceof Boolean done && given(() -> to.checkpointAfterPromote(Optional.of(done)));
            case "tags" ->
                DcsJson.asObject(value)
                        .map(tags -> given(() -> to.tags(tagsOf(tags))))
                        .orElse(false);
            case "scheduled_restart" ->
                DcsJson.asObject(value)
                        .map(schedule -> given(() -> to.scheduledRestart(schedule)))
                        .orElse(false);
            case "pending_restart" ->
                Boolean.TRUE.equals(value)
                        && given(() -> to.pendingRestart(true, to.build().pendingRestartReasons()));
            case "pending_restart_reason" ->
                reasons(value)
                        .map(reasons -> given(() -> to.pendingRestart(to.build().pendingRestart(), reasons)))
                        .orElse(false);
            case "pause" -> Boolean.TRUE.equals(value) && given(() -> to.pause(true));
            default -> false;
        };
    }

    private static boolean given(Runnable set) {
        set.run();
        return true;
    }

    private static Tags tagsOf(Map<String, Object> values) {
        return new Tags(values);
    }

    private static boolean text(@Nullable Object value, Consumer<String> to) {
        return value instanceof String text && given(() -> to.accept(text));
    }

    private static boolean lsn(@Nullable Object value, Consumer<Lsn> to) {
        return Numbers.integer(value).isPresent()
                && !(value instanceof String)
                && Numbers.lsn(value).map(lsn -> given(() -> to.accept(lsn))).orElse(false);
    }

    private static boolean timeline(@Nullable Object value, MemberBuilder to) {
        return value instanceof Integer number && number > 0 && given(() -> to.timeline(new Timeline(number)));
    }

    private static Optional<Map<String, PendingRestartReason>> reasons(@Nullable Object value) {
        Optional<Map<String, @Nullable Object>> object = DcsJson.asObject(value);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        Map<String, PendingRestartReason> result = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry : object.get().entrySet()) {
            if (!(entry.getValue() instanceof Map<?, ?> values)
                    || values.size() != 2
                    || !(values.get("old_value") instanceof String before)
                    || !(values.get("new_value") instanceof String after)) {
                return Optional.empty();
            }
            result.put(entry.getKey(), new PendingRestartReason(before, after));
        }
        return Optional.of(result);
    }

    /** {@code postgres://…?application_name=API_URL}, as very old peers wrote it (facts §1.2). */
    private static void ancientUrl(String url, MemberBuilder to) {
        int query = url.indexOf('?');
        to.connUrl(query < 0 ? url : url.substring(0, query));
        if (query < 0) {
            return;
        }
        for (String argument : url.substring(query + 1).split("&", 20)) {
            if (argument.startsWith("application_name=")) {
                decoded(argument.substring("application_name=".length())).ifPresent(to::apiUrl);
            }
        }
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
