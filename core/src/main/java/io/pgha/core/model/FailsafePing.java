package io.pgha.core.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a primary that cannot reach the DCS tells the other members (facts §3.8 "POST /failsafe").
 *
 * @param name the primary
 * @param connUrl where others replicate from
 * @param apiUrl its REST API
 * @param slots positions of its slots
 */
public record FailsafePing(String name, Optional<String> connUrl, Optional<String> apiUrl, Map<String, Lsn> slots) {
    public FailsafePing {
        slots = Collections.unmodifiableMap(new TreeMap<>(slots));
    }
}
