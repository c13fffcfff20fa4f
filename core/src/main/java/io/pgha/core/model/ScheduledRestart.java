package io.pgha.core.model;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A restart that waits for its time (facts §5.13). It is meant for one life of the server: it is void once the server was
 * started anew.
 *
 * @param order its conditions, which have to hold when its time has come
 * @param at when
 * @param postmasterStartTime of the server that it is meant for; empty when none ran
 * @param filters the conditions as they were written, for others to read
 * @param schedule the time as it is published
 */
public record ScheduledRestart(
        RestartOrder order,
        OffsetDateTime at,
        Optional<String> postmasterStartTime,
        Map<String, Object> filters,
        String schedule) {
    public ScheduledRestart {
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
    }

    /** As {@code GET /patroni} shows it (facts §3.4). */
    public Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>(filters);
        shown.put("schedule", schedule);
        return shown;
    }

    /** As it stands in the member key (facts §1.4). */
    public Map<String, Object> published() {
        Map<String, Object> published = shown();
        postmasterStartTime.ifPresent(time -> published.put("postmaster_start_time", time));
        return published;
    }
}
