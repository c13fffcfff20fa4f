package io.pgha.agent.runtime;

import io.pgha.agent.event.EventFile;
import io.pgha.agent.event.EventLog;
import io.pgha.agent.port.Events;
import io.pgha.config.EventsConfig;
import io.pgha.config.LocalConfig;
import io.pgha.core.event.Actor;
import io.pgha.core.event.Event;
import io.pgha.core.time.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event history of this agent: in memory, and in a file where there is a place for it. */
final class EventHistory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventHistory.class);

    private final EventLog events;
    private final Optional<EventFile> file;
    private final Clock clock;

    private EventHistory(EventLog events, Optional<EventFile> file, Clock clock) {
        this.events = events;
        this.file = file;
        this.clock = clock;
    }

    /** Opens it, with what an earlier agent left in the file. */
    static EventHistory open(LocalConfig config, Clock clock) {
        EventsConfig wanted = EventsConfig.of(config);
        Optional<Path> folder = wanted.directory().filter(EventHistory::isUsable);
        if (folder.isEmpty()) {
            LOG.warn(
                    "the event history is kept in memory only: {} is no folder that can be written; set events.dir to one",
                    wanted.directory().map(Path::toString).orElse("the parent of the data directory"));
        }
        Optional<EventFile> file = folder.map(path -> new EventFile(path.resolve(name(config)), wanted.size()));
        EventLog events = new EventLog(config.name(), event -> file.ifPresent(one -> one.write(event)));
        file.ifPresent(one -> events.restore(one.read()));
        return new EventHistory(events, file, clock);
    }

    /** Several nodes may share a folder on one machine. */
    private static String name(LocalConfig config) {
        return ("pgha-events-" + config.scope() + "-" + config.name()).replaceAll("[^A-Za-z0-9._-]", "_") + ".jsonl";
    }

    private static boolean isUsable(Path folder) {
        return Files.isDirectory(folder) && Files.isWritable(folder);
    }

    Events events() {
        return events;
    }

    /** The agent itself did something. */
    void tell(String rule, String reason, String action) {
        events.add(Event.of(clock.wall(), Actor.AGENT, rule, reason, action));
    }

    /** The configuration in force changed: the cluster-wide one when it names keys, else the node's own. */
    void configurationChanged(String why, Set<String> keys) {
        Actor actor = keys.isEmpty() ? Actor.AGENT : Actor.DCS;
        String reason = keys.isEmpty() ? why : why + ": " + String.join(", ", keys);
        events.add(Event.of(clock.wall(), actor, "configuration-changed", reason, "Configure"));
    }

    @Override
    public void close() {
        file.ifPresent(EventFile::close);
    }
}
