package io.pgha.dcs.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** The value of {@code failsafe}: {@code api_url} by member name (facts §1.11). */
public final class FailsafeCodec {
    private FailsafeCodec() {}

    /** In the order of the map. */
    public static byte[] encode(Map<String, String> failsafe) {
        return PythonJson.bytes(failsafe);
    }

    /** Reads the addresses in the order as written; what is no text is left out, garbage gives nothing. */
    public static Map<String, String> decode(byte[] value) {
        Map<String, String> result = new LinkedHashMap<>();
        DcsJson.parseObject(value)
                .ifPresent(fields -> fields.forEach((member, url) -> {
                    if (url instanceof String text) {
                        result.put(member, text);
                    }
                }));
        return result;
    }
}
