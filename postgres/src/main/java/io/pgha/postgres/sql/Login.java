package io.pgha.postgres.sql;

import io.pgha.postgres.PostgresSettings.Credentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to open a session: as whom, where, and how long anything may take.
 *
 * @param endpoint where the server listens
 * @param database the database; ignored by replication sessions
 * @param credentials as whom
 * @param applicationName shown in {@code pg_stat_activity}
 * @param sslMode unless the credentials say otherwise; not {@code allow} or {@code prefer} on this machine, with which the
 *     driver waits for a silent server twice
 * @param statementTimeout after which the server ends a statement; zero: never
 * @param answerTimeout after which we give up on the server's answer; seconds, rounded up; zero: never
 */
public record Login(
        Endpoint endpoint,
        String database,
        Credentials credentials,
        String applicationName,
        String sslMode,
        Duration statementTimeout,
        Duration answerTimeout) {
    private static final int CONNECT_SECONDS = 1;
    private static final int REMOTE_CONNECT_SECONDS = 2;

    /** libpq's names of options, and the driver's. */
    private static final Map<String, PGProperty> OPTIONS = Map.of(
            "sslmode", PGProperty.SSL_MODE,
            "sslcert", PGProperty.SSL_CERT,
            "sslkey", PGProperty.SSL_KEY,
            "sslpassword", PGProperty.SSL_PASSWORD,
            "sslrootcert", PGProperty.SSL_ROOT_CERT,
            "gssencmode", PGProperty.GSS_ENC_MODE,
            "channel_binding", PGProperty.CHANNEL_BINDING,
            "sslnegotiation", PGProperty.SSL_NEGOTIATION);

    /** A session with a server on this machine: encrypted only where pg_hba.conf insists, see {@link #encrypted}. */
    public static Login local(
            Endpoint endpoint, String database, Credentials credentials, String applicationName, Duration timeout) {
        return new Login(endpoint, database, credentials, applicationName, "disable", timeout, timeout);
    }

    /** A session with another machine's server: encrypted where it can, as libpq does. */
    public static Login remote(
            Endpoint endpoint, String database, Credentials credentials, String applicationName, Duration timeout) {
        return new Login(endpoint, database, credentials, applicationName, "prefer", timeout, timeout);
    }

    /** The same session with other limits of time. */
    public Login patient(Duration statement, Duration answer) {
        return new Login(endpoint, database, credentials, applicationName, sslMode, statement, answer);
    }

    /** The same session with encryption. */
    Login encrypted() {
        return new Login(endpoint, database, credentials, applicationName, "require", statementTimeout, answerTimeout);
    }

    /** Whether another attempt with encryption makes sense after a refusal. */
    boolean mayBeEncrypted() {
        return sslMode.equals("disable")
                && endpoint.socketDirectory().isEmpty()
                && !credentials.options().containsKey("sslmode");
    }

    /** Opens a session that belongs to nobody else; the caller closes it. */
    public Connection open() throws SQLException {
        return source().getConnection();
    }

    /** Opens a session that speaks the replication protocol. */
    Connection openReplication() throws SQLException {
        PGSimpleDataSource source = source();
        set(source, PGProperty.REPLICATION, "true");
        set(source, PGProperty.PREFER_QUERY_MODE, "simple");
        set(source, PGProperty.ASSUME_MIN_SERVER_VERSION, "11");
        // A walsender takes no settings of pg_catalog's search path; it runs no SQL here.
        set(source, PGProperty.OPTIONS, "");
        return source.getConnection();
    }

    /** A factory of such sessions. */
    PGSimpleDataSource source() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        boolean local = endpoint.socketDirectory().isPresent();
        source.setServerNames(new String[] {local ? "localhost" : endpoint.host()});
        source.setPortNumbers(new int[] {endpoint.port()});
        source.setDatabaseName(database);
        source.setUser(user());
        if (!credentials.password().isEmpty()) {
            source.setPassword(credentials.password());
        }
        source.setApplicationName(applicationName);
        source.setConnectTimeout(isLoopback() ? CONNECT_SECONDS : REMOTE_CONNECT_SECONDS);
        source.setLoginTimeout(0);
        source.setSocketTimeout((int) ((answerTimeout.toMillis() + 999) / 1000));
        set(source, PGProperty.TCP_KEEP_ALIVE, "true");
        set(source, PGProperty.GSS_ENC_MODE, "disable");
        set(source, PGProperty.OPTIONS, startupOptions());
        set(source, PGProperty.SSL_MODE, sslMode);
        for (Map.Entry<String, String> option : credentials.options().entrySet()) {
            PGProperty property = OPTIONS.get(option.getKey().toLowerCase(Locale.ROOT));
            if (property != null) {
                set(source, property, option.getValue());
            }
        }
        if (local) {
            set(source, PGProperty.SSL_MODE, "disable");
            set(source, PGProperty.SOCKET_FACTORY, UnixSocketFactory.class.getName());
            set(
                    source,
                    PGProperty.SOCKET_FACTORY_ARG,
                    endpoint.socketFile().orElseThrow().toString());
        }
        return source;
    }

    private boolean isLoopback() {
        return endpoint.socketDirectory().isPresent()
                || endpoint.host().equals("localhost")
                || endpoint.host().startsWith("127.")
                || endpoint.host().equals("::1");
    }

    private String user() {
        return credentials.username().isEmpty() ? System.getProperty("user.name", "postgres") : credentials.username();
    }

    private String startupOptions() {
        return "-c search_path=pg_catalog -c pg_stat_statements.track=none -c statement_timeout="
                + statementTimeout.toMillis();
    }

    private static void set(PGSimpleDataSource source, PGProperty property, String value) throws SQLException {
        source.setProperty(property, value);
    }
}
