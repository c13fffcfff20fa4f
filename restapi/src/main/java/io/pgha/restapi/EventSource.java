package io.pgha.restapi;

import io.pgha.core.event.Event;
import java.util.List;

/** Where {@code GET /events} finds the event history. Any thread; returns at once. */
public interface EventSource {
    /** The newest, oldest first. */
    List<Event> last(int most);
}
