package io.pgha.postgres.conf;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters that a server is to run with.
 *
 * @param parameters by name, sorted; every value has passed {@link GucTable#check}
 * @param recovery recovery settings that were found among the parameters and belong into recovery_conf
 * @param warnings what was changed or left out, and why; for the log
 */
public record EffectiveParameters(
        SortedMap<String, String> parameters, Map<String, String> recovery, List<String> warnings) {
    public EffectiveParameters {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        recovery = Map.copyOf(recovery);
        warnings = List.copyOf(warnings);
    }
}
