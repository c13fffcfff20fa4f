package io.pgha.postgres.local;

import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Timeline;
import io.pgha.postgres.process.Deadline;
import java.time.Duration;
import java.util.function.Supplier;

/** The timeline of a running standby, of which one slow answer does not say that it has none. */
final class KnownTimeline {
    private static final Duration POLL = Duration.ofMillis(200);

    private KnownTimeline() {}

    /**
     * Asks until it is known, the server ends or is no standby, or the time is over.
     *
     * @return {@link Timeline#UNKNOWN} when it did not become known
     */
    static Timeline await(Supplier<PostgresObservation> look, Duration patience) {
        Deadline deadline = Deadline.after(patience);
        while (true) {
            PostgresObservation seen = look.get();
            Timeline found = seen.server()
                    .filter(ServerStatus::inRecovery)
                    .map(ServerStatus::timeline)
                    .orElse(Timeline.UNKNOWN);
            boolean mayBeKnownSoon = seen.postmasterRuns()
                    && seen.server().map(ServerStatus::inRecovery).orElse(true);
            if (found.isKnown() || !mayBeKnownSoon || deadline.passed() || !deadline.pause(POLL)) {
                return found;
            }
        }
    }
}
