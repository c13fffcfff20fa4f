package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.core.time.ScheduleText;
import io.pgha.core.view.ClusterFlags;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** When something is to happen, as an operator writes it; without a zone it is that of this machine (facts §4.2). */
final class Schedule {
    private Schedule() {}

    /**
     * @param what is scheduled, for messages
     * @param written {@code now} or nothing: at once
     */
    static Optional<OffsetDateTime> of(String what, String written, ClusterView view) {
        if (written.isEmpty() || written.equals("now")) {
            return Optional.empty();
        }
        if (ClusterFlags.of(view).paused()) {
            throw new CtlException("Can't schedule " + what + " in the paused state");
        }
        ScheduleText time = ScheduleText.parse(written)
                .orElseThrow(() -> new CtlException(
                        "Unable to parse scheduled timestamp (" + written + "): write it as 2026-11-21T01:00+00:00"));
        return Optional.of(time.zone()
                .map(time.local()::atOffset)
                .orElseGet(() -> time.local().atZone(ZoneId.systemDefault()).toOffsetDateTime()));
    }
}
