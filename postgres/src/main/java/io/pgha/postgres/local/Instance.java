package io.pgha.postgres.local;

import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.process.ControlFile;
import io.pgha.postgres.process.Orphans;
import io.pgha.postgres.process.PostmasterFinder;
import io.pgha.postgres.process.PostmasterStart;
import io.pgha.postgres.process.Programs;
import io.pgha.postgres.process.ServerAccount;
import io.pgha.postgres.sql.Heartbeat;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the parts of {@link LocalPostgres} share: the wanted settings, the tools, and what was last ordered.
 *
 * <p>No lock protects it as a whole: settings, role and phase are each replaced as one value, so that {@code fence}
 * never waits for anybody.
 */
final class Instance {
    final ServerAccount account;
    final CommandRunner runner;
    final PostmasterStart starter;
    final PostmasterFinder finder;
    final Orphans orphans;
    final ControlFile controlFile;
    final Heartbeat heartbeat;
    final DataFolder dataFolder;
    final ServerVersion version;
    final SynchronousNames synchronousNames = new SynchronousNames();

    /** Grows with each fencing, so that a start that was under way notices. */
    final AtomicLong fencings = new AtomicLong();

    private volatile PostgresSettings settings;
    private volatile ConfigRole role = ConfigRole.REPLICA;
    /** Held for an assignment only. */
    private final Object phaseLock = new Object();

    private PostgresState phase = PostgresState.STOPPED;
    private volatile boolean starting;
    private volatile boolean rewinding;
    private volatile boolean recovering;
    private volatile Optional<Upstream> upstream = Optional.empty();
    private volatile Optional<String> startComplaint = Optional.empty();
    private volatile Optional<String> accessComplaint = Optional.empty();

    Instance(PostgresSettings settings, ServerAccount account, Redirect serverOutput) {
        this.settings = settings;
        this.account = account;
        this.runner = new CommandRunner(account);
        this.starter = new PostmasterStart(account, serverOutput);
        String program = Programs.of(settings).name("postgres");
        this.finder = new PostmasterFinder(settings.dataDir(), program);
        this.orphans = new Orphans(settings.dataDir(), program);
        this.controlFile = new ControlFile(settings.dataDir(), runner);
        this.dataFolder = new DataFolder(settings.dataDir(), folderOf(settings.pgpass()));
        this.version = new ServerVersion(settings.dataDir(), runner);
        this.heartbeat = new Heartbeat(Logins.heartbeat(settings));
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    PostgresSettings settings() {
        return settings;
    }

    ConfigRole role() {
        return role;
    }

    /** Replaces the wanted settings; the data directory never changes while this process lives (facts §2.4). */
    void want(PostgresSettings wanted, ConfigRole wantedRole) {
        settings = wanted;
        role = wantedRole;
        heartbeat.use(Logins.heartbeat(wanted));
    }

    Path dataDir() {
        return settings.dataDir();
    }

    Programs programs() {
        return Programs.of(settings);
    }

    PostgresState phase() {
        synchronized (phaseLock) {
            return phase;
        }
    }

    void enter(PostgresState state) {
        synchronized (phaseLock) {
            phase = state;
        }
    }

    /** Notes what was seen, unless an order has announced something else meanwhile; returns what counts. */
    PostgresState seen(PostgresState before, PostgresState state) {
        synchronized (phaseLock) {
            if (phase == before) {
                phase = state;
            }
            return phase;
        }
    }

    /** Whether pg_rewind works in the data directory right now, so that a half rewound one is nothing to complain of. */
    boolean rewinding() {
        return rewinding;
    }

    /** Whether a single-user server in the data directory is one of ours: initdb, pg_rewind and crash recovery run it. */
    boolean worksAlone() {
        return rewinding || recovering || phase() == PostgresState.INITDB || phase() == PostgresState.CUSTOM_BOOTSTRAP;
    }

    void markRecovering(boolean now) {
        recovering = now;
    }

    void markRewinding(boolean now) {
        rewinding = now;
    }

    /** Whether an order is starting the server right now, so that a missing postmaster is no crash. */
    boolean starting() {
        return starting;
    }

    void markStarting(boolean now) {
        starting = now;
    }

    /** Why the last start failed, one sentence; empty after a successful one. */
    Optional<String> startComplaint() {
        return startComplaint;
    }

    /** Why the server does not take the pg_hba.conf that it was given, one sentence. */
    Optional<String> accessComplaint() {
        return accessComplaint;
    }

    void accessComplaint(Optional<String> complaint) {
        accessComplaint = complaint;
    }

    void startFailed(String why) {
        startComplaint = Optional.of(why);
        enter(PostgresState.START_FAILED);
    }

    /** The server got further than that start: why it failed then is no news any more, also when it stops later. */
    void startSucceedsAfterAll() {
        startComplaint = Optional.empty();
    }

    void started() {
        startComplaint = Optional.empty();
        accessComplaint = Optional.empty();
        enter(PostgresState.RUNNING);
    }

    /** Whom the standby was last told to follow. */
    Optional<Upstream> upstream() {
        return upstream;
    }

    void follow(Optional<Upstream> from) {
        upstream = from;
    }

    boolean postmasterRuns() {
        return finder.find().postmaster().isPresent();
    }
}
