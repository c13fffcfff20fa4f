package io.pgha.postgres.local;

import io.pgha.core.model.ControlState;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.Result;
import io.pgha.postgres.conf.Conninfo;
import io.pgha.postgres.conf.DataFiles;
import io.pgha.postgres.conf.LongOptions;
import io.pgha.postgres.conf.MemberUrl;
import io.pgha.postgres.conf.PostmasterOpts;
import io.pgha.postgres.conf.SourceConninfo;
import io.pgha.postgres.copy.BackupProgress;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.LastWords;
import io.pgha.postgres.rewind.PgRewind;
import io.pgha.postgres.rewind.ReadySegments;
import io.pgha.postgres.rewind.SingleUser;
import io.pgha.postgres.version.PostgresVersion;
import io.pgha.postgres.version.UnsupportedVersionException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** pg_rewind and the crash recovery before it (facts §5.12 and §6.11). */
final class RewindRun {
    private static final Logger log = LoggerFactory.getLogger(RewindRun.class);

    private final Instance instance;
    private final Configuration configuration;
    private final RewindPreflight preflight;

    RewindRun(Instance instance, Configuration configuration) {
        this.instance = instance;
        this.configuration = configuration;
        this.preflight = new RewindPreflight(instance);
    }

    Result crashRecover(JobControl control) {
        if (instance.finder.find().postmaster().isPresent()) {
            return new Result.Failed("PostgreSQL runs in " + instance.dataDir() + ": there is nothing to recover");
        }
        try {
            if (!instance.orphans.clear(Duration.ofMillis(100))) {
                return new Result.Failed("processes of the crashed server survive SIGKILL");
            }
            archiveReady();
            new ReadySegments(instance.dataDir(), instance.runner).forget();
            Map<String, String> options = new DataFiles(instance.dataDir())
                    .postmasterOpts()
                    .map(PostmasterOpts::parameters)
                    .orElse(Map.of());
            configuration.files().removeRecovery();
            instance.markRecovering(true);
            return new SingleUser(instance.programs(), instance.runner)
                    .recover(instance.dataDir(), withConfigFile(options), control);
        } catch (IOException | UnsupportedVersionException e) {
            return new Result.Failed("crash recovery: " + e.getMessage());
        } finally {
            instance.markRecovering(false);
        }
    }

    private Map<String, String> withConfigFile(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.putIfAbsent("config_file", configuration.files().mainFile().toString());
        return all;
    }

    Result rewind(Upstream upstream, JobControl control) {
        if (instance.finder.find().postmaster().isPresent()) {
            return new Result.Failed("PostgreSQL runs in " + instance.dataDir() + ": stop it before pg_rewind");
        }
        try {
            Optional<String> restore = restoreCommand();
            Optional<Result> obstacle = preflight.obstacle(upstream, restore, control);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            Result recovered = recoverKilledStandby(control);
            if (!recovered.succeeded()) {
                return recovered;
            }
            archiveReady();
            control.progress("running pg_rewind against " + upstream.name());
            instance.markRewinding(true);
            instance.dataFolder.beginRewind();
            PgRewind.Ending ending =
                    new PgRewind(instance.programs(), instance.runner, instance.account).run(order(upstream), control);
            if (ending.untouched()) {
                instance.dataFolder.completeRewind();
            }
            return result(ending, upstream);
        } catch (IOException | IllegalArgumentException | UnsupportedVersionException e) {
            return new Result.Failed("pg_rewind: " + e.getMessage());
        } finally {
            instance.markRewinding(false);
        }
    }

    /** Single-user mode knows no standby, and pg_rewind wants a server that was stopped in order (facts §5.12). */
    private Result recoverKilledStandby(JobControl control) {
        boolean killed = instance.controlFile
                .data(instance.programs())
                .filter(data -> data.state() == ControlState.IN_ARCHIVE_RECOVERY)
                .isPresent();
        return killed ? crashRecover(control) : new Result.Succeeded("it was stopped in order");
    }

    private Result result(PgRewind.Ending ending, Upstream upstream) {
        CommandOutcome outcome = ending.outcome();
        if (outcome.successful()) {
            String words = LastWords.of(outcome.output());
            log.info("pg_rewind succeeded{}", words.isBlank() ? "" : ": " + words);
            return new Result.Succeeded("rewound to the history of " + upstream.name());
        }
        if (outcome instanceof CommandOutcome.Cancelled) {
            return new Result.Cancelled();
        }
        String left = ending.untouched()
                ? "the data directory is as it was"
                : "the data directory is half rewound and is not started any more";
        if (outcome instanceof CommandOutcome.TimedOut) {
            return new Result.Failed("pg_rewind showed no progress for rejoin_timeout, "
                    + instance.settings().rejoinTimeout().toSeconds() + " s, and was ended; " + left);
        }
        return new Result.Failed("pg_rewind failed, " + left + ": " + BackupProgress.without(outcome.complaint()));
    }

    private PgRewind.Order order(Upstream upstream) throws IOException {
        PostgresSettings settings = instance.settings();
        PostgresVersion version = configuration.version();
        Conninfo address = MemberUrl.parse(upstream.connUrl())
                .orElseThrow(() -> new IOException(upstream.name() + " publishes no usable address"))
                .conninfo();
        Conninfo conninfo = SourceConninfo.of(address, settings.rewind(), settings.database(), version);
        if (version.targetSessionAttrs()) {
            conninfo = conninfo.with("target_session_attrs", "read-write");
        }
        LongOptions configured = LongOptions.checked(settings.rewindOptions(), LongOptions.Program.PG_REWIND, version);
        configured.problems().forEach(problem -> log.warn("postgresql.rewind: {}", problem));
        List<String> options = new ArrayList<>();
        Optional<String> restore = restoreCommand();
        boolean outside = !settings.configDir().equals(settings.dataDir());
        if (restore.isPresent() && restoresItself(version, outside)) {
            options.add("--restore-target-wal");
            restore = Optional.empty();
        }
        if (outside && version.rewindConfigFile()) {
            options.add("--config-file=" + configuration.files().mainFile());
        }
        options.addAll(configured.accepted());
        return new PgRewind.Order(
                instance.dataDir(), conninfo, settings.rewind().password(), settings.rejoinTimeout(), options, restore);
    }

    private static boolean restoresItself(PostgresVersion version, boolean configurationOutside) {
        return version.rewindConfigFile() || (version.rewindRestoresTargetWal() && !configurationOutside);
    }

    private Optional<String> restoreCommand() {
        PostgresSettings settings = instance.settings();
        return settings.standbyCluster()
                .flatMap(cluster -> Optional.ofNullable(cluster.recovery().get("restore_command")))
                .or(() -> Optional.ofNullable(settings.recoveryConf().get("restore_command")))
                .or(() -> Optional.ofNullable(settings.parameters().get("restore_command")))
                .filter(command -> !command.isBlank());
    }

    private void archiveReady() throws IOException {
        Map<String, String> parameters = instance.settings().parameters();
        String mode = parameters.getOrDefault("archive_mode", "off");
        String command = parameters.getOrDefault("archive_command", "");
        if ((mode.equals("on") || mode.equals("always")) && !command.isBlank()) {
            new ReadySegments(instance.dataDir(), instance.runner).archive(command);
        }
    }
}
