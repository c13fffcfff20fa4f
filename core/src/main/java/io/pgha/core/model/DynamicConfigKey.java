package io.pgha.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The key {@code config} as it stands in the DCS.
 *
 * @param values the JSON object; empty when {@code valid} is false
 * @param modRevision revision of the key, for compare-and-set
 * @param valid whether the value was a JSON object (facts §5.3)
 */
public record DynamicConfigKey(Map<String, Object> values, long modRevision, boolean valid) {
    public DynamicConfigKey {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
