package io.pgha.postgres.local;

import io.pgha.core.model.PostgresState;
import io.pgha.core.model.StopMode;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.Result;
import io.pgha.postgres.StopObserver;
import io.pgha.postgres.bootstrap.CustomMethod;
import io.pgha.postgres.bootstrap.InitDb;
import io.pgha.postgres.bootstrap.PostBootstrap;
import io.pgha.postgres.bootstrap.Roles;
import io.pgha.postgres.conf.ConfigFiles;
import io.pgha.postgres.conf.Conninfo;
import io.pgha.postgres.conf.HbaFile;
import io.pgha.postgres.conf.RecoverySettings;
import io.pgha.postgres.conf.SourceConninfo;
import io.pgha.postgres.sql.Endpoint;
import io.pgha.postgres.sql.Login;
import io.pgha.postgres.sql.Refusal;
import io.pgha.postgres.version.UnsupportedVersionException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes a new cluster and finishes it (facts §6.10). */
final class Bootstrap {
    private static final Duration RECOVERY_TIMEOUT = Duration.ofDays(2);
    private static final Duration ROLES_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);

    private final Instance instance;
    private final Configuration configuration;
    private final Starter starter;
    private final Stopper stopper;
    private final Place place;

    Bootstrap(Instance instance, Configuration configuration, Starter starter, Stopper stopper, Place place) {
        this.instance = instance;
        this.configuration = configuration;
        this.starter = starter;
        this.stopper = stopper;
        this.place = place;
    }

    Result bootstrap(JobControl control) {
        Optional<CustomMethod> custom = CustomMethod.of(instance.settings());
        try {
            Optional<String> obstacle =
                    instance.programs().complaint().or(() -> PortCheck.complaint(instance.settings()));
            if (obstacle.isPresent()) {
                return new Result.Failed(obstacle.get());
            }
            place.prepare();
            Result made = custom.isPresent() ? runMethod(custom.get(), control) : runInitDb(control);
            if (!made.succeeded()) {
                instance.enter(
                        custom.isPresent() ? PostgresState.CUSTOM_BOOTSTRAP_FAILED : PostgresState.INITDB_FAILED);
                return made;
            }
            place.complete();
            return custom.isPresent() ? startRecovery(custom.get(), control) : startNew(control);
        } catch (IOException | IllegalArgumentException | UnsupportedVersionException e) {
            instance.enter(PostgresState.INITDB_FAILED);
            return new Result.Failed("bootstrap: " + e.getMessage());
        }
    }

    private Result runInitDb(JobControl control) {
        instance.enter(PostgresState.INITDB);
        control.progress("running initdb");
        return new InitDb(instance.runner, instance.account).run(instance.settings(), configuration.version(), control);
    }

    private Result runMethod(CustomMethod method, JobControl control) {
        instance.enter(PostgresState.CUSTOM_BOOTSTRAP);
        control.progress("running the bootstrap method " + method.name());
        return method.run(instance.settings(), instance.runner, control);
    }

    private Result startNew(JobControl control) throws IOException {
        appendHba();
        instance.enter(PostgresState.STARTING);
        control.progress("starting the new server");
        return starter.start(
                configuration.prepareAsPrimary().options(), instance.settings().pgCtlTimeout(), control);
    }

    /** {@code bootstrap.pg_hba} counts only where nothing else decides (facts §2.7). */
    private void appendHba() throws IOException {
        PostgresSettings settings = instance.settings();
        if (settings.pgHba().isEmpty()
                && !settings.parameters().containsKey("hba_file")
                && !settings.bootstrap().pgHba().isEmpty()) {
            configuration.files().appendToHba(settings.bootstrap().pgHba());
            configuration.handOver();
        }
    }

    private Result startRecovery(CustomMethod method, JobControl control) throws IOException {
        ConfigFiles files = configuration.files();
        Map<String, String> override = new LinkedHashMap<>();
        override.put("hba_file", files.hbaFile().toString());
        if (method.closedWhileRecovering()) {
            override.put("hot_standby", "off");
        }
        Optional<RecoverySettings> recovery = Optional.empty();
        if (!method.keepsRecovery() && !method.recovery().isEmpty()) {
            recovery = Optional.of(RecoverySettings.forBootstrap(method.recovery(), configuration.version()));
        } else if (!method.keepsRecovery()) {
            files.removeRecovery();
        }
        Configuration.Start start = configuration.prepareRecovery(recovery, override);
        Endpoint local = Logins.local(instance.settings(), false);
        files.writeHbaText(HbaFile.duringCustomBootstrap(local.host()));
        configuration.handOver();
        instance.enter(PostgresState.BOOTSTRAP_STARTING);
        control.progress("recovering the restored server");
        return starter.start(start.options(), RECOVERY_TIMEOUT, control);
    }

    Result finish(JobControl control) {
        try {
            control.progress("creating roles");
            Result roles = createRoles(control);
            if (!roles.succeeded()) {
                return roles;
            }
            return CustomMethod.of(instance.settings()).isPresent() ? leaveRecoveryConfiguration(control) : roles;
        } catch (SQLException e) {
            return new Result.Failed("bootstrap: roles cannot be created: " + Refusal.words(e));
        } catch (IOException | IllegalArgumentException | UnsupportedVersionException e) {
            return new Result.Failed("bootstrap cannot be finished: " + e.getMessage());
        }
    }

    private Result createRoles(JobControl control) throws SQLException {
        PostgresSettings settings = instance.settings();
        Login login = instance.heartbeat.login().patient(Duration.ZERO, ROLES_TIMEOUT);
        try (Connection session = login.open()) {
            Roles roles = new Roles(session);
            roles.superuser(settings.superuser());
            Result script = runPostBootstrap(control);
            if (!script.succeeded()) {
                return script;
            }
            roles.replication(settings.replication());
            boolean ownRewindRole = !settings.rewind().username().isEmpty()
                    && !settings.rewind().username().equals(settings.superuser().username());
            if (ownRewindRole && configuration.version().rewindRole()) {
                roles.rewind(settings.rewind());
            }
            for (PostgresSettings.BootstrapUser user : settings.bootstrap().users()) {
                roles.user(user);
            }
        }
        return new Result.Succeeded("the new cluster is ready");
    }

    private Result runPostBootstrap(JobControl control) {
        PostgresSettings settings = instance.settings();
        Optional<String> command = settings.bootstrap().postBootstrap();
        if (command.isEmpty()) {
            return new Result.Succeeded("no post_bootstrap is configured");
        }
        control.progress("running post_bootstrap");
        Endpoint local = Logins.local(settings, settings.useUnixSocket());
        Conninfo address = Conninfo.EMPTY
                .with("host", local.socketDirectory().map(Object::toString).orElse(local.host()))
                .with("port", Integer.toString(local.port()));
        Conninfo conninfo =
                SourceConninfo.of(address, settings.superuser(), settings.database(), configuration.version());
        return new PostBootstrap(instance.runner, instance.account)
                .run(command.get(), conninfo, settings.superuser().password(), control);
    }

    /** The restored server ran with a makeshift configuration (facts §6.10). */
    private Result leaveRecoveryConfiguration(JobControl control) throws IOException {
        configuration.files().removeRecovery();
        Configuration.Start start = configuration.prepareAsPrimary();
        appendHba();
        Result stopped = stopper.stop(StopMode.FAST, true, STOP_TIMEOUT, StopObserver.NONE);
        return stopped.succeeded()
                ? starter.start(start.options(), instance.settings().pgCtlTimeout(), control)
                : stopped;
    }

    Result abandon() {
        Result stopped = stopper.stop(StopMode.IMMEDIATE, false, Duration.ZERO, StopObserver.NONE);
        return stopped.succeeded() ? place.fail() : stopped;
    }
}
