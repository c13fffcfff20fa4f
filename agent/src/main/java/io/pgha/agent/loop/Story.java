package io.pgha.agent.loop;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.event.Event;
import io.pgha.core.model.MonotonicTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Puts the last events into the DCS, where they can be read when this node is gone. Seldom, as every member reads the key, and
 * beside the loop, as nothing depends on it.
 */
final class Story {
    /** So many: enough to see what happened at the end. */
    static final int EVENTS = 20;

    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(10);

    private final Surroundings world;
    private Optional<MonotonicTime> writtenAt = Optional.empty();
    private volatile long written;

    Story(Surroundings world) {
        this.world = world;
        this.written = world.events().revision();
    }

    /** After a cycle in which the DCS answered. */
    void publish() {
        long revision = world.events().revision();
        MonotonicTime now = world.clock().now();
        boolean recently = writtenAt
                .filter(at -> now.since(at).compareTo(AT_MOST_EVERY) < 0)
                .isPresent();
        if (revision == written || recently) {
            return;
        }
        writtenAt = Optional.of(now);
        List<Event> events = world.events().last(EVENTS);
        world.jobs().backgroundQuietly("events", () -> {
            if (world.dcs().writeEvents(events).isDone()) {
                written = revision;
            }
        });
    }
}
