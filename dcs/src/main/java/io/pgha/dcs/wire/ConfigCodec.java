package io.pgha.dcs.wire;

import io.pgha.core.model.DynamicConfigKey;
import java.util.Map;

/** The value of {@code config}: the dynamic configuration, every key of it, known or not (facts §2.3). */
public final class ConfigCodec {
    private ConfigCodec() {}

    /** In the order of the map. */
    public static byte[] encode(Map<String, Object> config) {
        return PythonJson.bytes(config);
    }

    /** Reads the configuration; anything but a JSON object is empty and not valid (facts §1.2). */
    public static DynamicConfigKey decode(byte[] value, long modRevision) {
        return DcsJson.parseObject(value)
                .map(values -> valid(values, modRevision))
                .orElseGet(() -> new DynamicConfigKey(Map.of(), modRevision, false));
    }

    private static DynamicConfigKey valid(Map<String, Object> values, long modRevision) {
        return new DynamicConfigKey(values, modRevision, true);
    }
}
