package io.pgha.agent.runtime;

import io.pgha.agent.port.Events;
import io.pgha.core.event.Actor;
import io.pgha.core.event.Event;
import io.pgha.core.event.Phase;
import io.pgha.core.time.Clock;
import io.pgha.restapi.CommandReport;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes orders that came over REST into the event history. Any thread. */
final class CommandEvents {
    private static final String RULE = "operator-command";
    /** What members tell each other all the time is no order. */
    private static final Set<String> TALK = Set.of("/failsafe", "/sigterm", "/citus", "/mpp");

    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private final Events events;
    private final Clock clock;

    CommandEvents(Events events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    void carriedOut(CommandReport report) {
        String path = report.request().substring(report.request().indexOf(' ') + 1);
        boolean malformed = report.status() >= BAD_REQUEST && report.status() < SERVER_ERROR;
        if (malformed || TALK.contains(path)) {
            return;
        }
        CommandReport.Caller caller = report.caller();
        Actor actor = caller.operator().isEmpty()
                ? new Actor(Actor.Kind.REST, caller.login(), caller.address())
                : new Actor(Actor.Kind.HACTL, caller.operator(), caller.address());
        events.add(Event.of(clock.wall(), actor, RULE, wish(path, report.body()), report.request())
                .with(new Phase("command", report.took()))
                .endedWith(report.status() + (report.answer().isEmpty() ? "" : " " + report.answer())));
    }

    /** What was asked for. Of a configuration only the keys: there may be secrets in its values. */
    private static String wish(String path, Map<String, Object> body) {
        if (body.isEmpty()) {
            return "an operator asked for it";
        }
        if (path.startsWith("/config")) {
            return "an operator changed " + String.join(", ", body.keySet());
        }
        Map<String, String> named = new TreeMap<>();
        body.forEach((key, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                named.put(key, value.toString());
            }
        });
        return "an operator asked for it: " + named;
    }
}
