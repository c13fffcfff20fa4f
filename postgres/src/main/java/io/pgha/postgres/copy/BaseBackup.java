package io.pgha.postgres.copy;

import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.conf.LongOptions;
import io.pgha.postgres.conf.Pgpass;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.process.Programs;
import io.pgha.postgres.process.SecretFile;
import io.pgha.postgres.process.ServerAccount;
import io.pgha.postgres.version.PostgresVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies a server with pg_basebackup (facts §6.9). */
public final class BaseBackup {
    private static final Logger log = LoggerFactory.getLogger(BaseBackup.class);

    private final Programs programs;
    private final CommandRunner runner;
    private final ServerAccount account;

    public BaseBackup(Programs programs, CommandRunner runner, ServerAccount account) {
        this.programs = programs;
        this.runner = runner;
        this.account = account;
    }

    /**
     * Runs it once.
     *
     * @param silence after which a copy that shows no progress is ended
     * @param options as configured; those that pgha sets itself are left out with a warning
     */
    public Result run(
            CopySource source,
            Path target,
            Duration silence,
            List<String> options,
            PostgresVersion version,
            JobControl control) {
        LongOptions checked = LongOptions.checked(options, LongOptions.Program.PG_BASEBACKUP, version);
        checked.problems().forEach(problem -> log.warn("postgresql.basebackup: {}", problem));
        List<String> command = new ArrayList<>(List.of(
                programs.path("pg_basebackup"),
                "--pgdata=" + target,
                "-X",
                "stream",
                "--no-password",
                "--progress",
                "--dbname=" + source.conninfo().text()));
        if (checked.accepted().stream().noneMatch(option -> option.startsWith("--checkpoint"))) {
            // Otherwise the copy waits for the next scheduled checkpoint, five minutes by default.
            command.add("--checkpoint=fast");
        }
        command.addAll(checked.accepted());
        String passwords = source.password().isEmpty() ? "" : Pgpass.text(source.conninfo(), source.password());
        try (SecretFile passfile = SecretFile.of(passwords, account)) {
            Command whole = Command.of(command)
                    .with("PGPASSFILE", passfile.path().toString())
                    .inEnglish();
            return result(
                    runner.runWhileHeard(whole, silence, control, new BackupProgress(control)),
                    source,
                    target,
                    silence);
        } catch (IOException e) {
            return new Result.Failed("pg_basebackup: the password file cannot be written: " + e.getMessage());
        }
    }

    /** Whether the same attempt cannot succeed a moment later: a full disk, a refused role. */
    public static boolean isLasting(Result result) {
        return Hint.isLasting(result.message());
    }

    private static Result result(CommandOutcome outcome, CopySource source, Path target, Duration silence) {
        if (outcome instanceof CommandOutcome.Cancelled) {
            return new Result.Cancelled();
        }
        if (outcome.successful()) {
            return new Result.Succeeded("copied " + source.name() + " with pg_basebackup");
        }
        if (outcome instanceof CommandOutcome.TimedOut) {
            return new Result.Failed("pg_basebackup from " + source.name() + " showed no progress for rejoin_timeout, "
                    + silence.toSeconds() + " s, and was ended");
        }
        String words = BackupProgress.without(outcome.complaint());
        return new Result.Failed(Hint.of(words, target) + "pg_basebackup from " + source.name() + " failed: " + words);
    }
}
