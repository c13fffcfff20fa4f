package io.pgha.dcs.wire;

import io.pgha.core.model.FailoverRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The value of {@code failover} (facts §1.7). */
public final class FailoverCodec {
    private static final int LONGEST_LEGACY_FORM = 1000;
    private static final Pattern LEGACY = Pattern.compile("([^:{}\\[\\]\"]*):([^:{}\\[\\]\"]*)");

    private FailoverCodec() {}

    /** Absent values are left out; no request at all is {@code {}}. */
    public static byte[] encode(FailoverRequest request) {
        Map<String, Object> json = new LinkedHashMap<>();
        request.leader().ifPresent(leader -> json.put("leader", leader));
        request.candidate().ifPresent(candidate -> json.put("member", candidate));
        if (request.isPresent()) {
            request.scheduledAt().ifPresent(time -> json.put("scheduled_at", time));
        }
        return PythonJson.bytes(json);
    }

    /** Reads a request, also the old form {@code leader:candidate}; garbage gives one that is not present. */
    public static FailoverRequest decode(byte[] value, long modRevision) {
        Optional<DcsJson.Parsed> parsed = DcsJson.parse(value);
        if (parsed.isPresent()) {
            return DcsJson.asObject(parsed.get().value())
                    .map(fields -> new FailoverRequest(
                            text(fields.get("leader")),
                            text(fields.get("member")),
                            text(fields.get("scheduled_at")),
                            modRevision))
                    .orElseGet(() -> nothing(modRevision));
        }
        return value.length > LONGEST_LEGACY_FORM ? nothing(modRevision) : legacy(value, modRevision);
    }

    private static FailoverRequest legacy(byte[] value, long modRevision) {
        Matcher form = LEGACY.matcher(new String(value, StandardCharsets.UTF_8));
        return form.matches()
                ? new FailoverRequest(
                        text(form.group(1).trim()), text(form.group(2).trim()), Optional.empty(), modRevision)
                : nothing(modRevision);
    }

    private static FailoverRequest nothing(long modRevision) {
        return new FailoverRequest(Optional.empty(), Optional.empty(), Optional.empty(), modRevision);
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }
}
