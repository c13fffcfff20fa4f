package io.pgha.postgres.bootstrap;

import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.conf.CommandLine;
import io.pgha.postgres.conf.Conninfo;
import io.pgha.postgres.conf.Pgpass;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.process.SecretFile;
import io.pgha.postgres.process.ServerAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The operator's script on the new primary, {@code post_bootstrap} (facts §6.10). */
public final class PostBootstrap {
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final String SESSION = "-c synchronous_commit=local -c statement_timeout=0";

    private final CommandRunner runner;
    private final ServerAccount account;

    public PostBootstrap(CommandRunner runner, ServerAccount account) {
        this.runner = runner;
        this.account = account;
    }

    /**
     * Runs it.
     *
     * @param conninfo of the superuser on the own server, the script's argument
     * @param password goes into a file that {@code PGPASSFILE} names
     */
    public Result run(String commandLine, Conninfo conninfo, String password, JobControl control) {
        List<String> words;
        try {
            words = new ArrayList<>(CommandLine.split(commandLine));
        } catch (IllegalArgumentException e) {
            return new Result.Failed("bootstrap.post_bootstrap is not a command: " + e.getMessage());
        }
        words.add(conninfo.text());
        String passwords = password.isEmpty() ? "" : Pgpass.text(conninfo, password);
        try (SecretFile passfile = SecretFile.of(passwords, account)) {
            Command command = Command.of(words)
                    .with("PGPASSFILE", passfile.path().toString())
                    .with("PGOPTIONS", SESSION);
            CommandOutcome outcome = runner.run(command, TIMEOUT, control);
            if (outcome instanceof CommandOutcome.Cancelled) {
                return new Result.Cancelled();
            }
            return outcome.successful()
                    ? new Result.Succeeded("post_bootstrap succeeded")
                    : new Result.Failed("post_bootstrap: " + outcome.complaint());
        } catch (IOException e) {
            return new Result.Failed("post_bootstrap: the password file cannot be written: " + e.getMessage());
        }
    }
}
