package io.pgha.agent.runtime;

import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Unit;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import io.pgha.core.time.ScheduleText;
import io.pgha.restapi.CommandAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the body of {@code POST /restart} asks for, once it makes sense by itself (facts §3.8).
 *
 * @param order conditions and timeout
 * @param at when; empty: now
 * @param filters the conditions as they were written, without the time
 */
record RestartRequest(RestartOrder order, Optional<OffsetDateTime> at, Map<String, Object> filters) {
    private static final Set<String> KEYS =
            Set.of("restart_pending", "role", "postgres_version", "timeout", "schedule");
    private static final Set<Role> ROLES = Set.of(Role.PRIMARY, Role.STANDBY_LEADER, Role.REPLICA);
    private static final Pattern VERSION = Pattern.compile("(\\d{1,2})\\.(\\d{1,3})(?:\\.(\\d{1,3}))?");

    /** An order, or the answer that refuses it. */
    sealed interface Parsed {}

    /** It makes sense. */
    record Sound(RestartRequest request) implements Parsed {}

    /** It does not. */
    record Flawed(CommandAnswer answer) implements Parsed {}

    /**
     * @param paused whether the cluster is in pause
     * @param now wall clock
     */
    static Parsed parse(Map<String, Object> body, boolean paused, Instant now) {
        Optional<String> unknown =
                body.keySet().stream().filter(key -> !KEYS.contains(key)).findFirst();
        if (unknown.isPresent()) {
            return flawed(400, "Unknown filter for the scheduled restart: " + unknown.get());
        }
        Optional<Role> role = text(body, "role").flatMap(Role::parse).filter(ROLES::contains);
        if (body.containsKey("role") && role.isEmpty()) {
            return flawed(400, "PostgreSQL role should be either primary, standby_leader, or replica");
        }
        OptionalInt version =
                text(body, "postgres_version").map(RestartRequest::version).orElse(OptionalInt.empty());
        if (body.containsKey("postgres_version") && version.isEmpty()) {
            return flawed(400, "PostgreSQL version should be in the first.major.minor format");
        }
        OptionalLong timeout = SettingValue.integer(body.get("timeout"), Unit.SECONDS);
        if (body.containsKey("timeout") && (timeout.isEmpty() || timeout.getAsLong() <= 0)) {
            return flawed(400, "Timeout should be a positive number of seconds");
        }
        RestartOrder order = new RestartOrder(
                role,
                version,
                body.containsKey("restart_pending"),
                timeout.isPresent()
                        ? Optional.of(Duration.ofSeconds(Math.min(timeout.getAsLong(), Integer.MAX_VALUE)))
                        : Optional.empty());
        return body.containsKey("schedule")
                ? scheduled(order, body, paused, now)
                : new Sound(new RestartRequest(order, Optional.empty(), filters(body)));
    }

    private static Parsed scheduled(RestartOrder order, Map<String, Object> body, boolean paused, Instant now) {
        if (paused) {
            return flawed(500, "Can't schedule restart in the paused state");
        }
        Optional<ScheduleText> written = text(body, "schedule").flatMap(ScheduleText::parse);
        if (written.isEmpty()) {
            return flawed(
                    422, "Unable to parse scheduled timestamp. It should be in an unambiguous format, e.g. ISO 8601");
        }
        Optional<OffsetDateTime> at = written.flatMap(time -> time.zone().map(time.local()::atOffset));
        if (at.isEmpty()) {
            return flawed(400, "Timezone information is mandatory for the scheduled restart");
        }
        return at.get().toInstant().isAfter(now)
                ? new Sound(new RestartRequest(order, at, filters(body)))
                : flawed(422, "Cannot schedule restart in the past");
    }

    private static Map<String, Object> filters(Map<String, Object> body) {
        Map<String, Object> filters = new LinkedHashMap<>(body);
        filters.remove("schedule");
        filters.values().removeIf(value -> value == null);
        return filters;
    }

    /** {@code 15.3} as 150003 and {@code 9.6.24} as 90624. */
    private static OptionalInt version(String text) {
        Matcher form = VERSION.matcher(text);
        if (!form.matches()) {
            return OptionalInt.empty();
        }
        int first = Integer.parseInt(form.group(1));
        int second = Integer.parseInt(form.group(2));
        boolean three = form.group(3) != null;
        if (three == (first >= 10)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                three ? first * 10_000 + second * 100 + Integer.parseInt(form.group(3)) : first * 10_000 + second);
    }

    private static Parsed flawed(int status, String line) {
        return new Flawed(CommandAnswer.text(status, line));
    }

    private static Optional<String> text(Map<String, Object> body, String name) {
        return body.get(name) instanceof String text ? Optional.of(text.strip()) : Optional.empty();
    }
}
