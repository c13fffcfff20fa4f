package io.pgha.core.event;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event as maps, lists, texts and numbers, as it is written in JSON wherever it is kept or sent; and back again. What is read
 * may come from anywhere, so anything that makes no sense is left out.
 */
public final class EventFields {
    private EventFields() {}

    /** In order of appearance. */
    public static Map<String, Object> of(Event event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", event.number());
        fields.put("at", event.at().toString());
        fields.put("member", event.member());
        fields.put("actor", actor(event.actor()));
        fields.put("rule", event.rule());
        fields.put("action", event.action());
        fields.put("reason", event.reason());
        event.outcome().ifPresent(outcome -> fields.put("outcome", outcome));
        if (!event.phases().isEmpty()) {
            Map<String, Object> phases = new LinkedHashMap<>();
            event.phases().forEach(phase -> phases.put(phase.name(), seconds(phase.took())));
            fields.put("seconds", phases);
        }
        if (!event.candidates().isEmpty()) {
            fields.put(
                    "candidates",
                    event.candidates().stream().map(EventFields::candidate).toList());
        }
        if (event.times() > 1) {
            fields.put("times", event.times());
        }
        return fields;
    }

    private static Map<String, Object> actor(Actor actor) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", actor.kind().word());
        if (!actor.name().isEmpty()) {
            fields.put("name", actor.name());
        }
        if (!actor.address().isEmpty()) {
            fields.put("address", actor.address());
        }
        return fields;
    }

    private static Map<String, Object> candidate(Candidacy candidate) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("member", candidate.member());
        fields.put("fit", candidate.fit());
        fields.put("reason", candidate.reason());
        return fields;
    }

    private static double seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3)
                .setScale(3, RoundingMode.HALF_UP)
                .doubleValue();
    }

    /** The event in these fields; empty when there is no number or no time. */
    public static Optional<Event> read(@Nullable Object fields) {
        if (!(fields instanceof Map<?, ?> map) || !(map.get("number") instanceof Number number)) {
            return Optional.empty();
        }
        return time(text(map, "at"))
                .map(at -> new Event(
                        number.longValue(),
                        at,
                        text(map, "member"),
                        readActor(map.get("actor")),
                        text(map, "rule"),
                        text(map, "reason"),
                        text(map, "action"),
                        Optional.of(text(map, "outcome")).filter(outcome -> !outcome.isEmpty()),
                        readPhases(map.get("seconds")),
                        readCandidates(map.get("candidates")),
                        map.get("times") instanceof Number times ? Math.max(1, times.longValue()) : 1));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Actor readActor(@Nullable Object fields) {
        if (!(fields instanceof Map<?, ?> map)) {
            return Actor.AGENT;
        }
        String word = text(map, "kind");
        for (Actor.Kind kind : Actor.Kind.values()) {
            if (kind.word().equals(word)) {
                return new Actor(kind, text(map, "name"), text(map, "address"));
            }
        }
        return Actor.AGENT;
    }

    private static List<Phase> readPhases(@Nullable Object fields) {
        List<Phase> phases = new ArrayList<>();
        if (fields instanceof Map<?, ?> map) {
            map.forEach((name, took) -> {
                if (took instanceof Number number && Double.isFinite(number.doubleValue())) {
                    long millis = Math.round(number.doubleValue() * 1000);
                    phases.add(new Phase(String.valueOf(name), Duration.ofMillis(millis)));
                }
            });
        }
        return phases;
    }

    private static List<Candidacy> readCandidates(@Nullable Object fields) {
        List<Candidacy> candidates = new ArrayList<>();
        if (fields instanceof Iterable<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> map) {
                    candidates.add(new Candidacy(
                            text(map, "member"), Boolean.TRUE.equals(map.get("fit")), text(map, "reason")));
                }
            }
        }
        return candidates;
    }

    private static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }
}
