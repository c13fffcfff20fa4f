package io.pgha.postgres.local;

import io.pgha.core.model.ControlData;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.PendingRestartReason;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Postmaster;
import io.pgha.core.model.ServerStatus;
import io.pgha.postgres.process.ExitWatch;
import io.pgha.postgres.process.PostmasterFinder;
import io.pgha.postgres.sql.Refusal;
import io.pgha.postgres.sql.StatusQuery;
import io.pgha.postgres.version.PostgresVersion;
import io.pgha.postgres.version.UnsupportedVersionException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the server: files, process, one query. */
final class Observer {
    private static final Logger log = LoggerFactory.getLogger(Observer.class);

    /** States in which the server was meant to run, so that a missing postmaster is a crash (facts §5.2 step 13). */
    private static final Set<PostgresState> MEANT_TO_RUN = EnumSet.of(
            PostgresState.RUNNING, PostgresState.STARTING, PostgresState.RESTARTING, PostgresState.BOOTSTRAP_STARTING);

    /** States that an order announced and that a running server does not overrule. */
    private static final Set<PostgresState> ANNOUNCED = EnumSet.of(
            PostgresState.STOPPING,
            PostgresState.INITDB,
            PostgresState.CUSTOM_BOOTSTRAP,
            PostgresState.CREATING_REPLICA);

    private final Instance instance;
    private final ExitWatch exitWatch;
    private final StandbyTimeline standbyTimeline;
    private final RewindTool rewindTool;
    private final UpstreamProbe upstreamProbe;
    private @Nullable StatusQuery query;
    private int queryVersion;
    private @Nullable Postmaster settled;
    private Optional<ControlData> control = Optional.empty();
    private volatile Map<String, PendingRestartReason> pendingRestart = Map.of();

    Observer(Instance instance, ExitWatch exitWatch) {
        this.instance = instance;
        this.exitWatch = exitWatch;
        this.standbyTimeline = new StandbyTimeline(instance);
        this.rewindTool = new RewindTool(instance);
        this.upstreamProbe = new UpstreamProbe(instance);
    }

    /** What waits for a restart, as found out when the configuration was last compared. */
    void pendingRestart(Map<String, PendingRestartReason> reasons) {
        pendingRestart = Map.copyOf(reasons);
    }

    /** Looks now; one look at a time, for two at once would only wait for the same answers. */
    synchronized PostgresObservation observe() {
        PostgresState before = instance.phase();
        boolean workedAlone = instance.worksAlone();
        DataFolder.Finding folder = instance.dataFolder.inspect();
        PostmasterFinder.Finding process = instance.finder.find();
        Optional<Postmaster> postmaster = process.postmaster();
        postmaster.ifPresent(exitWatch::watch);
        Answer answer = postmaster.isPresent() ? ask() : new Answer(Optional.empty(), Optional.empty());
        if (answer.status().isPresent()) {
            instance.startSucceedsAfterAll();
        }
        PostgresState state = instance.seen(before, state(before, postmaster.isPresent(), answer));
        boolean present = folder.kind() == DataDirectory.PRESENT;
        Optional<ControlData> controlData = present ? control(postmaster, answer.status()) : Optional.empty();
        return new PostgresObservation(
                folder.kind(),
                controlData.map(ControlData::systemIdentifier),
                state,
                postmaster,
                answer.status(),
                controlData,
                present && standbySignal(),
                present && Files.exists(instance.dataDir().resolve("backup_label")),
                rewindTool.obstacle(controlData),
                pendingRestart,
                complaint(
                        workedAlone || instance.worksAlone() ? Optional.empty() : ofTheData(folder, process), answer));
    }

    private Answer ask() {
        boolean restores = instance.settings().recoveryConf().containsKey("restore_command");
        try {
            StatusQuery status = query();
            ServerStatus server = instance.heartbeat.run(session -> status.run(session, restores));
            return new Answer(Optional.of(standbyTimeline.complete(server)), Optional.empty());
        } catch (SQLException e) {
            log.debug("no status: {}", Refusal.words(e));
            return new Answer(Optional.empty(), Optional.of(e));
        } catch (UnsupportedVersionException e) {
            log.debug("no status: {}", e.getMessage());
            return new Answer(Optional.empty(), Optional.empty());
        }
    }

    private StatusQuery query() {
        PostgresVersion version = instance.version.current(instance.programs());
        if (query == null || queryVersion != version.major()) {
            query = new StatusQuery(version);
            queryVersion = version.major();
        }
        return query;
    }

    private PostgresState state(PostgresState before, boolean runs, Answer answer) {
        if (!runs) {
            return MEANT_TO_RUN.contains(before) && !instance.starting() ? PostgresState.CRASHED : before;
        }
        if (ANNOUNCED.contains(before)) {
            return before;
        }
        if (answer.status().isPresent()) {
            return PostgresState.RUNNING;
        }
        boolean startsUp = answer.refusal().filter(r -> r == Refusal.STARTING).isPresent();
        // A server that ran and does not answer still runs, as far as anybody can tell (facts §5.1).
        return before == PostgresState.RUNNING && !startsUp ? before : PostgresState.STARTING;
    }

    private Optional<ControlData> control(Optional<Postmaster> postmaster, Optional<ServerStatus> status) {
        boolean known = control.isPresent()
                && postmaster.isPresent()
                && postmaster.get().equals(settled);
        boolean promoted = status.filter(server -> !server.inRecovery())
                .filter(server -> !control.map(ControlData::checkpointTimeline)
                        .filter(server.timeline()::equals)
                        .isPresent())
                .isPresent();
        if (!known || promoted) {
            control = instance.controlFile.data(instance.programs());
            // What was read while it starts may change; settled is what an answering server has.
            settled = status.isPresent() ? postmaster.orElse(null) : null;
        }
        return control;
    }

    private boolean standbySignal() {
        return Files.exists(instance.dataDir().resolve("standby.signal"))
                || Files.exists(instance.dataDir().resolve("recovery.signal"))
                || Files.exists(instance.dataDir().resolve("recovery.conf"));
    }

    /** What is wrong with the data directory; not to be asked while something of ours works in it alone: initdb writes it piece by piece. */
    private Optional<String> ofTheData(DataFolder.Finding folder, PostmasterFinder.Finding process) {
        return folder.complaint()
                .or(() -> instance.version.complaint(instance.programs()))
                .or(() -> process.singleUser()
                        ? Optional.of("a single-user server (process "
                                + process.stranger().orElse(0L) + ") works in " + instance.dataDir()
                                + ": wait for its end, or end it")
                        : Optional.empty());
    }

    private Optional<String> complaint(Optional<String> ofTheData, Answer answer) {
        if (instance.account.isRoot()) {
            return Optional.of("pgha runs as root, but PostgreSQL refuses to: start pgha as the user postgres");
        }
        return ofTheData
                .or(() -> instance.programs().complaint())
                .or(answer::complaint)
                .or(() -> answer.status().flatMap(upstreamProbe::complaint))
                .or(instance::startComplaint)
                .or(instance::accessComplaint);
    }

    /** The answer to the status query, or what came instead. */
    private record Answer(Optional<ServerStatus> status, Optional<SQLException> trouble) {
        Optional<Refusal> refusal() {
            return trouble.map(Refusal::of);
        }

        Optional<String> complaint() {
            return trouble.flatMap(e -> switch (Refusal.of(e)) {
                case DENIED ->
                    Optional.of("the server refuses the superuser's session (" + Refusal.words(e)
                            + "): check postgresql.authentication.superuser, postgresql.database and pg_hba");
                case CROWDED ->
                    Optional.of("the server has no free connection for pgha (" + Refusal.words(e)
                            + "): raise max_connections or superuser_reserved_connections");
                case SILENT -> Optional.of("the server does not answer in time (" + Refusal.words(e) + ")");
                case NO_RESPONSE, STARTING -> Optional.empty();
                case OTHER -> Optional.of("the status query failed: " + Refusal.words(e));
            });
        }
    }
}
