package io.pgha.postgres.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.Postmaster;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.PostgresSettings.BootstrapSettings;
import io.pgha.postgres.PostgresSettings.Credentials;
import io.pgha.postgres.Result;
import io.pgha.postgres.StopObserver;
import io.pgha.postgres.local.LocalPostgres;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One member's real server, driven by {@link LocalPostgres}. */
public final class PostgresNode implements AutoCloseable {
    public static final Credentials SUPERUSER = new Credentials("postgres", "su'per:secret", Map.of());
    public static final Credentials REPLICATION = new Credentials("replicator", "rep\\secret", Map.of());
    public static final Credentials REWIND = new Credentials("rewinder", "rewind secret", Map.of());
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Sandbox sandbox;
    private final String name;
    private PostgresSettings settings;
    private LocalPostgres postgres;

    private PostgresNode(Sandbox sandbox, String name, PostgresSettings settings) {
        this.sandbox = sandbox;
        this.name = name;
        this.settings = settings;
        this.postgres = open();
    }

    static PostgresNode in(Sandbox sandbox, String name) {
        return new PostgresNode(sandbox, name, defaults(sandbox, name, sandbox.freePort()));
    }

    private LocalPostgres open() {
        return new LocalPostgres(
                settings,
                sandbox.account(),
                Redirect.appendTo(sandbox.folder().resolve(name + ".log").toFile()));
    }

    private static PostgresSettings defaults(Sandbox sandbox, String name, int port) {
        Path dataDir = sandbox.makeFolder(name).resolve("data");
        Map<String, String> parameters = new HashMap<>(Map.of(
                "unix_socket_directories", sandbox.folder().toString(),
                "shared_buffers", "8MB",
                "max_connections", "30",
                "wal_log_hints", "on",
                "jit", "off",
                "max_wal_size", "64MB",
                "min_wal_size", "32MB"));
        return new PostgresSettings(
                name,
                "demo",
                dataDir,
                dataDir,
                "postgresql",
                Sandbox.binDir(),
                Map.of(),
                "127.0.0.1",
                port,
                "127.0.0.1:" + port,
                "postgres",
                false,
                false,
                sandbox.makeFolder(name).resolve("pgpass"),
                SUPERUSER,
                REPLICATION,
                REWIND,
                "",
                parameters,
                Optional.of(List.of(
                        "local all all md5",
                        "host replication replicator 127.0.0.1/32 md5",
                        "host all all 127.0.0.1/32 md5")),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                true,
                true,
                List.of(),
                START_TIMEOUT,
                START_TIMEOUT,
                List.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new BootstrapSettings(
                        Optional.empty(),
                        Map.of(),
                        List.of("--data-checksums", "--encoding=UTF8", "--no-sync"),
                        List.of(),
                        Optional.empty(),
                        List.of()));
    }

    public String name() {
        return name;
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    public PostgresSettings settings() {
        return settings;
    }

    public Path dataDir() {
        return settings.dataDir();
    }

    /** Changes the configuration, as a restart of the agent with another file would. */
    public PostgresNode with(UnaryOperator<SettingsEditor> change) {
        settings = change.apply(new SettingsEditor(settings)).settings();
        restartAgent();
        return this;
    }

    /** Everything that this process knew is forgotten; the server stays as it is. */
    public void restartAgent() {
        postgres.close();
        postgres = open();
    }

    /** As others see this member. */
    public Upstream asUpstream() {
        return new Upstream(name, "postgres://127.0.0.1:" + settings.port() + "/postgres", false);
    }

    /** Makes a new cluster of it. */
    public PostgresNode bootstrapped() {
        succeeds(postgres.bootstrap(JobControl.UNATTENDED));
        succeeds(postgres.finishBootstrap(JobControl.UNATTENDED));
        succeeds(postgres.configure(settings, ConfigRole.PRIMARY));
        return this;
    }

    /** Makes a streaming standby of it. */
    public PostgresNode clonedFrom(PostgresNode source) {
        succeeds(postgres.createReplica(
                new CloneRequest(Optional.of(source.asUpstream()), false), JobControl.UNATTENDED));
        succeeds(postgres.startAsStandby(Optional.of(source.asUpstream()), START_TIMEOUT, JobControl.UNATTENDED));
        return this;
    }

    public Result startAsPrimary() {
        return postgres.startAsPrimary(START_TIMEOUT, JobControl.UNATTENDED);
    }

    public Result startAsStandby(PostgresNode upstream) {
        return postgres.startAsStandby(Optional.of(upstream.asUpstream()), START_TIMEOUT, JobControl.UNATTENDED);
    }

    public Result promote() {
        return postgres.promote(Duration.ofSeconds(30), () -> true, JobControl.UNATTENDED);
    }

    public Result stop(StopMode mode) {
        return postgres.stop(mode, false, Duration.ofSeconds(30), StopObserver.NONE);
    }

    public PostgresObservation observe() {
        return postgres.observe();
    }

    public Postmaster postmaster() {
        return postgres.observe().postmaster().orElseThrow(() -> new AssertionError(name + " does not run"));
    }

    /** Runs statements as the superuser. */
    public void sql(String... statements) {
        try (Connection session = connect();
                Statement statement = session.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }

    /** The first value of a query's first row. */
    public String query(String text) {
        try (Connection session = connect();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(text)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }

    /** Opens a session as the superuser. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + settings.port() + "/postgres?connectTimeout=5&socketTimeout=30",
                SUPERUSER.username(),
                SUPERUSER.password());
    }

    /** Fails the test with the message unless the order succeeded. */
    public static void succeeds(Result result) {
        assertThat(result).as(result.message()).isInstanceOf(Result.Succeeded.class);
    }

    @Override
    public void close() {
        postgres.fence("the test is over");
        postgres.close();
    }
}
