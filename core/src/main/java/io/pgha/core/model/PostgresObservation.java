package io.pgha.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this node knows of its PostgreSQL at one moment. Unknown is a value: an empty optional, never a guess.
 *
 * @param dataDirectory what stands at the data directory's place
 * @param systemIdentifier of the data directory, when readable
 * @param state what PostgreSQL is doing, as it will be published
 * @param postmaster the running postmaster
 * @param server answer of the server to the loop's query; empty when it does not run or did not answer in time
 * @param control {@code pg_controldata}; read when the server does not run, or when it matters (after a promotion)
 * @param standbySignal whether standby.signal, recovery.signal or recovery.conf is there
 * @param backupLabel whether a {@code backup_label} is there
 * @param rewindObstacle why pg_rewind is out of the question here (not wanted, not working, pages that do not allow it;
 *     facts §5.12), one clause; empty when it may be tried
 * @param pendingRestartReasons parameters that wait for a restart, by name
 * @param complaint what an operator has to mend (a wrong password, a missing program), one sentence
 */
public record PostgresObservation(
        DataDirectory dataDirectory,
        Optional<String> systemIdentifier,
        PostgresState state,
        Optional<Postmaster> postmaster,
        Optional<ServerStatus> server,
        Optional<ControlData> control,
        boolean standbySignal,
        boolean backupLabel,
        Optional<String> rewindObstacle,
        Map<String, PendingRestartReason> pendingRestartReasons,
        Optional<String> complaint) {
    public PostgresObservation {
        pendingRestartReasons = Collections.unmodifiableMap(new LinkedHashMap<>(pendingRestartReasons));
    }

    /** Whether pg_rewind is configured, works, and the pages allow it (facts §5.12). */
    public boolean rewindPossible() {
        return rewindObstacle.isEmpty();
    }

    public boolean postmasterRuns() {
        return postmaster.isPresent();
    }

    /**
     * Whether it takes writes, or may do so: a running postmaster that did not say that it is in recovery, and that
     * was not started as a standby. Silence is not proof of harmlessness.
     */
    public boolean mayTakeWrites() {
        return postmasterRuns() && server.map(status -> !status.inRecovery()).orElse(!standbySignal);
    }

    /** Whether it answered that it is not in recovery. */
    public boolean runsAsPrimary() {
        return postmasterRuns() && server.filter(status -> !status.inRecovery()).isPresent();
    }

    /** Whether it answered that it is in recovery. */
    public boolean runsAsStandby() {
        return postmasterRuns() && server.filter(ServerStatus::inRecovery).isPresent();
    }
}
