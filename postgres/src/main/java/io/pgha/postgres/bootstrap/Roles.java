package io.pgha.postgres.bootstrap;

import io.pgha.postgres.PostgresSettings.BootstrapUser;
import io.pgha.postgres.PostgresSettings.Credentials;
import io.pgha.postgres.conf.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates or alters roles (facts §6.10). The session is kept out of every log first; the statements carry verifiers, not
 * passwords, all the same.
 */
public final class Roles {
    private static final Logger log = LoggerFactory.getLogger(Roles.class);

    private static final List<String> SILENCE = List.of(
            "SET log_statement TO none",
            "SET log_min_duration_statement TO -1",
            "SET log_min_error_statement TO panic",
            "SET pg_stat_statements.track_utility TO off",
            "SET pgaudit.log TO none",
            "SET synchronous_commit TO local",
            "SET statement_timeout TO 0");

    private static final Set<String> WORDS = Set.of(
            "SUPERUSER",
            "NOSUPERUSER",
            "CREATEDB",
            "NOCREATEDB",
            "CREATEROLE",
            "NOCREATEROLE",
            "INHERIT",
            "NOINHERIT",
            "LOGIN",
            "NOLOGIN",
            "REPLICATION",
            "NOREPLICATION",
            "BYPASSRLS",
            "NOBYPASSRLS");

    private static final List<String> REWIND_FUNCTIONS = List.of(
            "pg_catalog.pg_ls_dir(text, boolean, boolean)",
            "pg_catalog.pg_stat_file(text, boolean)",
            "pg_catalog.pg_read_binary_file(text)",
            "pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean)");

    private final Connection session;
    private final String encryption;

    /** Works in this superuser's session; its settings are changed. */
    public Roles(Connection session) throws SQLException {
        this.session = session;
        for (String setting : SILENCE) {
            execute(setting);
        }
        this.encryption = encryption();
    }

    /** The superuser's password; does nothing unless name and password are configured. */
    public void superuser(Credentials superuser) throws SQLException {
        if (!superuser.username().isEmpty() && !superuser.password().isEmpty()) {
            ensure(superuser.username(), superuser.password(), "SUPERUSER LOGIN");
        }
    }

    /** The role that standbys stream as. */
    public void replication(Credentials replication) throws SQLException {
        if (!replication.username().isEmpty()) {
            ensure(replication.username(), replication.password(), "REPLICATION LOGIN");
        }
    }

    /** The role of pg_rewind with the rights that it needs. */
    public void rewind(Credentials rewind) throws SQLException {
        ensure(rewind.username(), rewind.password(), "LOGIN");
        for (String function : REWIND_FUNCTIONS) {
            execute("GRANT EXECUTE ON FUNCTION " + function + " TO " + SqlText.identifier(rewind.username()));
        }
    }

    /** A role of {@code bootstrap.users}; a word that is no attribute is left out. */
    public void user(BootstrapUser user) throws SQLException {
        List<String> attributes = new ArrayList<>();
        for (String option : user.options()) {
            String word = option.strip().toUpperCase(Locale.ROOT);
            if (WORDS.contains(word)) {
                attributes.add(word);
            } else {
                log.warn("bootstrap.users: the option {} of {} is no attribute of a role", option, user.name());
            }
        }
        if (!attributes.contains("LOGIN") && !attributes.contains("NOLOGIN")) {
            attributes.add("LOGIN");
        }
        ensure(user.name(), user.password(), String.join(" ", attributes));
    }

    private void ensure(String name, String password, String attributes) throws SQLException {
        String secret = password.isEmpty()
                ? ""
                : " PASSWORD " + SqlText.literal(PasswordVerifier.of(name, password, encryption));
        execute((exists(name) ? "ALTER" : "CREATE") + " ROLE " + SqlText.identifier(name) + " WITH " + attributes
                + secret);
    }

    private boolean exists(String name) throws SQLException {
        try (PreparedStatement statement =
                session.prepareStatement("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private String encryption() throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.current_setting('password_encryption')")) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
