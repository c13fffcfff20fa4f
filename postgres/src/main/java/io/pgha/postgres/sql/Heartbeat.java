package io.pgha.postgres.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's own sessions: a small pool while the server answers. While it does not, there is no pool that could
 * knock at its door again and again: each attempt is one connection, opened by the one who asks.
 */
public final class Heartbeat implements AutoCloseable {
    /** What an operator sees in {@code pg_stat_activity}. */
    public static final String APPLICATION_NAME = "pgha heartbeat";

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final int POOL_SIZE = 3;
    /** Together with the 2 s of a statement still below the 3 s that looking may take. */
    private static final Duration ACQUIRE = Duration.ofMillis(800);

    private static final Duration VALIDATE = Duration.ofMillis(500);

    private final Object lock = new Object();
    private Login wanted;
    private Login login;
    private @Nullable HikariDataSource pool;
    private volatile boolean answers;

    public Heartbeat(Login login) {
        this.wanted = login;
        this.login = login;
    }

    /** From now on opens sessions like this; does nothing when nothing differs. */
    public void use(Login other) {
        HikariDataSource old;
        synchronized (lock) {
            if (wanted.equals(other)) {
                return;
            }
            wanted = other;
            login = other;
            old = pool;
            pool = null;
            answers = false;
        }
        close(old);
    }

    /** How sessions are opened now. */
    public Login login() {
        synchronized (lock) {
            return login;
        }
    }

    /**
     * Runs something in a session.
     *
     * @throws SQLException when there is none, or the work failed; see {@link Refusal} for what it means
     */
    public <T> T run(SqlWork<T> work) throws SQLException {
        if (!answers) {
            try (Connection session = knock()) {
                T answer = work.run(session);
                answers = true;
                return answer;
            }
        }
        try (Connection session = pool().getConnection()) {
            return work.run(session);
        } catch (SQLException e) {
            if (Refusal.isLostConnection(e)) {
                forget();
            }
            throw e;
        }
    }

    /** Opens a session without the pool; a server that insists on encryption gets it from now on. */
    private Connection knock() throws SQLException {
        Login current = login();
        try {
            return current.open();
        } catch (SQLException e) {
            if (!current.mayBeEncrypted() || Refusal.of(e) != Refusal.DENIED) {
                throw e;
            }
            Connection session = openEncrypted(current, e);
            synchronized (lock) {
                if (login.equals(current)) {
                    login = current.encrypted();
                }
            }
            return session;
        }
    }

    /** Without encryption on offer, the first refusal is the one to tell about. */
    private static Connection openEncrypted(Login login, SQLException refusal) throws SQLException {
        try {
            return login.encrypted().open();
        } catch (SQLException e) {
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    /** Closes the sessions that are open, because the server stops or has gone. */
    public void forget() {
        HikariDataSource current;
        synchronized (lock) {
            answers = false;
            current = pool;
        }
        if (current != null) {
            current.getHikariPoolMXBean().softEvictConnections();
        }
    }

    private HikariDataSource pool() throws SQLException {
        synchronized (lock) {
            if (pool == null) {
                pool = open(login);
            }
            return pool;
        }
    }

    private static HikariDataSource open(Login login) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("pgha");
        config.setDataSource(login.source());
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofMinutes(5).toMillis());
        config.setMaxLifetime(0);
        config.setKeepaliveTime(0);
        config.setConnectionTimeout(ACQUIRE.toMillis());
        config.setValidationTimeout(VALIDATE.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(true);
        log.debug("opening a pool to {}", login.endpoint());
        return new HikariDataSource(config);
    }

    private static void close(@Nullable HikariDataSource old) {
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        HikariDataSource old;
        synchronized (lock) {
            old = pool;
            pool = null;
            answers = false;
        }
        close(old);
    }
}
