package io.pgha.restapi;

import io.pgha.core.event.Event;
import io.pgha.core.event.EventFields;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The answer to {@code GET /events?limit=N&since=WHEN}. Pure. */
final class EventsBody {
    private static final int MOST = 1000;
    private static final int DEFAULT = 100;

    private EventsBody() {}

    /** Empty when a parameter makes no sense. */
    static Optional<Map<String, Object>> of(NodeSnapshot node, EventSource source, Query query) {
        Optional<Integer> limit = limit(query.first("limit"));
        Optional<Predicate<Event>> since = since(query.first("since"));
        if (limit.isEmpty() || since.isEmpty()) {
            return Optional.empty();
        }
        List<Event> found = source.last(MOST).stream().filter(since.get()).toList();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("scope", node.scope());
        body.put("member", node.name());
        body.put(
                "events",
                found.subList(Math.max(0, found.size() - limit.get()), found.size()).stream()
                        .map(EventFields::of)
                        .toList());
        return Optional.of(body);
    }

    private static Optional<Integer> limit(Optional<String> written) {
        if (written.isEmpty()) {
            return Optional.of(DEFAULT);
        }
        return written.filter(text -> text.matches("[0-9]{1,9}")).map(text -> Math.min(MOST, Integer.parseInt(text)));
    }

    /** A number: those after that one; a time: those from then on. */
    private static Optional<Predicate<Event>> since(Optional<String> written) {
        if (written.isEmpty()) {
            return Optional.of(event -> true);
        }
        String text = written.get();
        if (text.matches("[0-9]{1,18}")) {
            long number = Long.parseLong(text);
            return Optional.of(event -> event.number() > number);
        }
        try {
            // In a query a plus sign stands for a blank.
            Instant time = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            return Optional.of(event -> !event.at().isBefore(time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
