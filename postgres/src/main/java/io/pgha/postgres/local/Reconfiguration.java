package io.pgha.postgres.local;

import io.pgha.core.model.PendingRestartReason;
import io.pgha.core.model.Postmaster;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.Postgres;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.Result;
import io.pgha.postgres.conf.EffectiveParameters;
import io.pgha.postgres.conf.GucTable;
import io.pgha.postgres.conf.ParameterChanges;
import io.pgha.postgres.conf.ServerSetting;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.Deadline;
import io.pgha.postgres.process.Signal;
import io.pgha.postgres.sql.AccessRules;
import io.pgha.postgres.sql.Refusal;
import io.pgha.postgres.sql.ServerSettings;
import io.pgha.postgres.version.UnsupportedVersionException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings changed settings into a running server: files, reload, and what has to wait for a restart (facts §6.5). */
final class Reconfiguration {
    private static final Logger log = LoggerFactory.getLogger(Reconfiguration.class);
    private static final Duration RELOAD_WAIT = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration SHOW_TIMEOUT = Duration.ofSeconds(2);

    private static final String UNKNOWN = "?";

    private final Instance instance;
    private final Configuration configuration;
    private final Consumer<Map<String, PendingRestartReason>> pendingRestart;
    private Optional<Applied> applied = Optional.empty();

    Reconfiguration(
            Instance instance,
            Configuration configuration,
            Consumer<Map<String, PendingRestartReason>> pendingRestart) {
        this.instance = instance;
        this.configuration = configuration;
        this.pendingRestart = pendingRestart;
    }

    private record Applied(PostgresSettings settings, ConfigRole role, Postmaster postmaster) {}

    synchronized Result configure() {
        Optional<Postmaster> postmaster = instance.finder.find().postmaster();
        if (postmaster.isEmpty() || instance.dataFolder.isUnfinished()) {
            return new Result.Succeeded("the settings count from the next start on");
        }
        Applied wanted = new Applied(instance.settings(), instance.role(), postmaster.get());
        if (applied.filter(wanted::equals).isPresent()) {
            return new Result.Succeeded("nothing changed");
        }
        try {
            Result result = apply(postmaster.get());
            applied = Optional.of(wanted);
            return result;
        } catch (SQLException e) {
            return new Result.TimedOut("the settings are compared when the server answers: " + Refusal.words(e));
        } catch (IOException | IllegalArgumentException | UnsupportedVersionException e) {
            log.error("the configuration cannot be applied: {}", e.toString());
            return new Result.Failed("the configuration cannot be applied: " + e.getMessage());
        }
    }

    private Result apply(Postmaster postmaster) throws SQLException, IOException {
        EffectiveParameters wanted = configuration.parameters();
        ServerSettings.Reading before = instance.heartbeat.run(ServerSettings::all);
        ParameterChanges changes = ParameterChanges.between(wanted.parameters(), before.settings());
        boolean files = configuration.write(wanted, configuration.recoveryInFile());
        if (files || !changes.reload().isEmpty()) {
            log.info("reloading the configuration{}", changes.reload().isEmpty() ? "" : ": " + changes.reload());
            reload(postmaster);
            ServerSettings.Reading after = instance.heartbeat.run(ServerSettings::all);
            announce(ParameterChanges.between(wanted.parameters(), after.settings()), after);
            lookAtAccessRules();
            return new Result.Succeeded(Postgres.RELOADED);
        }
        announce(changes, before);
        lookAtAccessRules();
        return new Result.Succeeded("the server has this configuration");
    }

    /** A server that runs keeps the rules that it has, silently; once stopped it does not start any more. */
    private void lookAtAccessRules() throws SQLException {
        List<String> refused = instance.heartbeat.run(AccessRules::refused);
        Optional<String> complaint = refused.isEmpty()
                ? Optional.empty()
                : Optional.of("PostgreSQL refuses pg_hba.conf, keeps the rules that it has and would not start again: "
                        + String.join("; ", refused));
        complaint.ifPresent(words -> log.warn("{}", words));
        // Who keeps that file himself also mends it without us: that is not seen here.
        instance.accessComplaint(
                complaint.filter(any -> instance.settings().pgHba().isPresent()));
    }

    /** Sets for whom commits wait, and makes sure that the server has taken it over. */
    synchronized Result synchronousNames(Optional<String> names) {
        Optional<Postmaster> postmaster = instance.finder.find().postmaster();
        boolean none = names.isEmpty() && !instance.settings().parameters().containsKey(SynchronousNames.PARAMETER);
        instance.synchronousNames.order(none ? Optional.of("") : names);
        if (postmaster.isEmpty()) {
            return new Result.Failed("no server runs");
        }
        try {
            EffectiveParameters wanted = configuration.parameters();
            String value = wanted.parameters().getOrDefault(SynchronousNames.PARAMETER, "");
            configuration.write(wanted, configuration.recoveryInFile());
            reload(postmaster.get());
            boolean shown = Deadline.after(RELOAD_WAIT)
                    .waitUntil(POLL, () -> synchronousNamesShown().equals(Optional.of(value)));
            if (!shown) {
                return new Result.TimedOut("PostgreSQL does not show synchronous_standby_names = '" + value
                        + "': does postgresql.auto.conf or its command line set another value?");
            }
            instance.heartbeat.run(Reconfiguration::writeSomeWal);
            log.info("synchronous_standby_names is now '{}'", value);
            return new Result.Succeeded("synchronous_standby_names is '" + value + "'");
        } catch (SQLException e) {
            return new Result.TimedOut("the server does not answer: " + Refusal.words(e));
        } catch (IOException | IllegalArgumentException | UnsupportedVersionException e) {
            return new Result.Failed("synchronous_standby_names cannot be written: " + e.getMessage());
        }
    }

    private Optional<String> synchronousNamesShown() {
        try {
            return Optional.of(instance.heartbeat.run(session -> {
                try (Statement statement = session.createStatement();
                        ResultSet row = statement.executeQuery(
                                "SELECT pg_catalog.current_setting('" + SynchronousNames.PARAMETER + "')")) {
                    row.next();
                    return row.getString(1);
                }
            }));
        } catch (SQLException e) {
            log.debug("while setting synchronous_standby_names: {}", Refusal.words(e));
            return Optional.empty();
        }
    }

    /** An idle standby would never be seen to reach the position from which the names count. */
    private static Boolean writeSomeWal(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery()")) {
                row.next();
                if (row.getBoolean(1)) {
                    return false;
                }
            }
            statement.execute("BEGIN; SET LOCAL synchronous_commit TO off; SELECT pg_catalog.txid_current(); COMMIT");
            return true;
        }
    }

    /** Points the running standby at the upstream; the caller knows that a reload is enough. */
    synchronized Result follow(Optional<Upstream> upstream) {
        Optional<Postmaster> postmaster = instance.finder.find().postmaster();
        if (postmaster.isEmpty()) {
            return new Result.Failed("no server runs");
        }
        try {
            EffectiveParameters wanted = configuration.parameters();
            configuration.writePassfile(upstream);
            configuration.write(wanted, Optional.of(configuration.recovery(upstream, wanted)));
            reload(postmaster.get());
            return new Result.Succeeded(
                    upstream.map(from -> "it follows " + from.name()).orElse("it follows nobody"));
        } catch (SQLException e) {
            return new Result.Failed("the server does not answer: " + Refusal.words(e));
        } catch (IOException | IllegalArgumentException | UnsupportedVersionException e) {
            return new Result.Failed("the recovery settings cannot be written: " + e.getMessage());
        }
    }

    /** Tells the server to read its files, and waits until it has. */
    void reload(Postmaster postmaster) throws SQLException {
        String before = instance.heartbeat.run(ServerSettings::loadedAt);
        Signal.HUP.sendTo(postmaster.pid());
        boolean loaded = Deadline.after(RELOAD_WAIT).waitUntil(POLL, () -> {
            try {
                return !instance.heartbeat.run(ServerSettings::loadedAt).equals(before);
            } catch (SQLException e) {
                log.debug("while reloading: {}", Refusal.words(e));
                return false;
            }
        });
        if (!loaded) {
            log.warn("the server has not read its configuration within {} s", RELOAD_WAIT.toSeconds());
        }
    }

    private void announce(ParameterChanges changes, ServerSettings.Reading live) {
        Map<String, PendingRestartReason> reasons = new TreeMap<>(changes.restart());
        reasons.keySet().removeIf(Reconfiguration::neverCounts);
        for (String name : live.pendingRestart()) {
            if (!neverCounts(name) && !reasons.containsKey(name)) {
                // PostgreSQL goes on saying it of a parameter that was taken out of its files: nothing of it is to
                // come.
                String next = valueAfterRestart(name);
                ServerSetting now = live.settings().get(name.toLowerCase(Locale.ROOT));
                Optional<PendingRestartReason> reason =
                        now == null ? Optional.of(new PendingRestartReason(UNKNOWN, next)) : now.waitsFor(next);
                reason.ifPresent(found -> reasons.put(name, found));
            }
        }
        if (!reasons.isEmpty()) {
            log.info("changes that wait for a restart: {}", reasons);
        }
        pendingRestart.accept(reasons);
    }

    /** Recovery parameters do not wait for a restart: the next start as a standby writes its own (facts §6.5). */
    private static boolean neverCounts(String name) {
        return name.equals("hot_standby") || GucTable.standard().isRecovery(name);
    }

    private String valueAfterRestart(String name) {
        CommandOutcome outcome = instance.runner.run(
                Command.of(
                        instance.programs().path("postgres"),
                        "-D",
                        instance.dataDir().toString(),
                        "-C",
                        name,
                        "--config-file=" + configuration.files().mainFile()),
                SHOW_TIMEOUT);
        return outcome.successful() ? outcome.output().strip() : UNKNOWN;
    }
}
