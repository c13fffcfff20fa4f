package io.pgha.dcs.wire;

import io.pgha.core.event.Event;
import io.pgha.core.event.EventFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The key {@code pgha/events/MEMBER}: an array of events, oldest first. Every reader of the cluster, Patroni included, fetches it with
 * the rest, so it is kept small.
 */
public final class EventsCodec {
    /** The most that is written. */
    static final int MOST_EVENTS = 20;

    static final int MOST_BYTES = 8 * 1024;

    private EventsCodec() {}

    /** The newest of these that fit. */
    public static byte[] encode(List<Event> events) {
        List<String> kept = new ArrayList<>();
        int size = 2;
        for (int i = events.size() - 1; i >= 0 && kept.size() < MOST_EVENTS; i--) {
            String event = PythonJson.text(EventFields.of(events.get(i)));
            size += event.length() + 1;
            if (size > MOST_BYTES) {
                break;
            }
            kept.add(event);
        }
        Collections.reverse(kept);
        return ("[" + String.join(",", kept) + "]").getBytes(StandardCharsets.US_ASCII);
    }

    /** Those that can be read. */
    public static List<Event> decode(byte[] bytes) {
        List<Event> events = new ArrayList<>();
        DcsJson.parse(bytes).map(DcsJson.Parsed::value).ifPresent(value -> {
            if (value instanceof List<?> list) {
                list.forEach(one -> EventFields.read(one).ifPresent(events::add));
            }
        });
        return events;
    }
}
