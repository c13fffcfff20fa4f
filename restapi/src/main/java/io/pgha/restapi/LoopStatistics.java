package io.pgha.restapi;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the loop counts of itself since the agent started; shown as {@code pgha_*} metrics.
 *
 * @param cycles how many cycles ran
 * @param decisionsByRule how often each rule matched, by rule id
 * @param lateness by how much the last cycle began after it was due; zero when on time or woken early
 * @param cycleTime how long the last cycle took
 */
public record LoopStatistics(long cycles, Map<String, Long> decisionsByRule, Duration lateness, Duration cycleTime) {
    /** Nothing ran yet. */
    public static final LoopStatistics NONE = new LoopStatistics(0, Map.of(), Duration.ZERO, Duration.ZERO);

    public LoopStatistics {
        decisionsByRule = Collections.unmodifiableMap(new TreeMap<>(decisionsByRule));
    }
}
