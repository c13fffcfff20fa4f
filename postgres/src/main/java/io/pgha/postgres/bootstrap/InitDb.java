package io.pgha.postgres.bootstrap;

import io.pgha.postgres.JobControl;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.Result;
import io.pgha.postgres.conf.LongOptions;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.process.Programs;
import io.pgha.postgres.process.SecretFile;
import io.pgha.postgres.process.ServerAccount;
import io.pgha.postgres.version.PostgresVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs initdb (facts §6.10). */
public final class InitDb {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private final CommandRunner runner;
    private final ServerAccount account;

    public InitDb(CommandRunner runner, ServerAccount account) {
        this.runner = runner;
        this.account = account;
    }

    /** Makes a cluster in the data directory; an option that pgha sets itself makes it fail before anything is done. */
    public Result run(PostgresSettings settings, PostgresVersion version, JobControl control) {
        LongOptions options =
                LongOptions.checked(settings.bootstrap().initdbOptions(), LongOptions.Program.INITDB, version);
        if (!options.problems().isEmpty()) {
            return new Result.Failed("bootstrap.initdb: " + String.join("; ", options.problems()));
        }
        String password = settings.superuser().password();
        try (SecretFile passwordFile = SecretFile.of(password, account)) {
            List<String> command = new ArrayList<>(List.of(Programs.of(settings).path("initdb")));
            command.addAll(options.accepted());
            if (!settings.superuser().username().isEmpty()) {
                command.add("--username=" + settings.superuser().username());
            }
            if (!password.isEmpty()) {
                command.add("--pwfile=" + passwordFile.path());
            }
            command.add(settings.dataDir().toString());
            return result(runner.run(Command.of(command), TIMEOUT, control), settings);
        } catch (IOException e) {
            return new Result.Failed("initdb: the file with the password cannot be written: " + e.getMessage());
        }
    }

    private static Result result(CommandOutcome outcome, PostgresSettings settings) {
        if (outcome instanceof CommandOutcome.Cancelled) {
            return new Result.Cancelled();
        }
        if (outcome.successful()) {
            return new Result.Succeeded("initdb made a cluster in " + settings.dataDir());
        }
        String full = Optional.of(outcome.complaint())
                .filter(words -> words.contains("No space left on device"))
                .map(words -> "the disk of " + settings.dataDir() + " is full: ")
                .orElse("");
        return new Result.Failed(full + "initdb failed: " + outcome.complaint());
    }
}
