package io.pgha.dcs.wire;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.Lsn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The value of {@code status} (facts §1.6). */
public final class StatusCodec {
    private StatusCodec() {}

    /** {@code optime} always, the others when there is something in them. */
    public static byte[] encode(ClusterStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("optime", status.optime().bytes());
        if (!status.slots().isEmpty()) {
            Map<String, Long> slots = new LinkedHashMap<>();
            status.slots().forEach((slot, lsn) -> slots.put(slot, lsn.bytes()));
            json.put("slots", slots);
        }
        if (!status.retainSlots().isEmpty()) {
            json.put("retain_slots", status.retainSlots());
        }
        return PythonJson.bytes(json);
    }

    /** Reads a status; a bare number is the position, parts may be JSON within a string, garbage gives nothing. */
    public static ClusterStatus decode(byte[] value) {
        Optional<DcsJson.Parsed> parsed = DcsJson.parse(value);
        if (parsed.isEmpty()) {
            return ClusterStatus.NONE;
        }
        Object json = parsed.get().value();
        if (json instanceof Number) {
            return ClusterStatus.NONE.withOptime(Numbers.lsn(json).orElse(Lsn.ZERO));
        }
        return DcsJson.asObject(json)
                .map(fields -> new ClusterStatus(
                        Numbers.lsn(fields.get("optime")).orElse(Lsn.ZERO),
                        slots(unwrapped(fields.get("slots"))),
                        names(unwrapped(fields.get("retain_slots")))))
                .orElse(ClusterStatus.NONE);
    }

    /** Reads {@code optime/leader} of peers before 2.1: a number as text. */
    public static ClusterStatus decodeLegacyOptime(byte[] value) {
        return value.length > 20
                ? ClusterStatus.NONE
                : ClusterStatus.NONE.withOptime(
                        Numbers.lsn(new String(value, StandardCharsets.UTF_8)).orElse(Lsn.ZERO));
    }

    private static @Nullable Object unwrapped(@Nullable Object value) {
        return value instanceof String text
                ? DcsJson.parse(text).map(DcsJson.Parsed::value).orElse(null)
                : value;
    }

    private static Map<String, Lsn> slots(@Nullable Object value) {
        Map<String, Lsn> result = new LinkedHashMap<>();
        DcsJson.asObject(value)
                .ifPresent(slots -> slots.forEach(
                        (slot, position) -> Numbers.lsn(position).ifPresent(lsn -> result.put(slot, lsn))));
        return result;
    }

    private static List<String> names(@Nullable Object value) {
        List<String> result = new ArrayList<>();
        if (value instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof String name) {
                    result.add(name);
                }
            }
        }
        return result;
    }
}
