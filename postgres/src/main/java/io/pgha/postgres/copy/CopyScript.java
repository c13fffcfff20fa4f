package io.pgha.postgres.copy;

import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.conf.CommandLine;
import io.pgha.postgres.conf.LongOptions;
import io.pgha.postgres.conf.Pgpass;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.process.SecretFile;
import io.pgha.postgres.process.ServerAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An operator's own way to make a replica (facts §6.9).
 *
 * @param name of the method in {@code create_replica_methods}
 * @param section its settings as written
 */
public record CopyScript(String name, Map<String, Object> section) {
    private static final Duration TIMEOUT = Duration.ofDays(2);
    private static final Set<String> TRUE = Set.of("true", "on", "yes", "1");
    private static final Set<String> OWN = Set.of("command", "no_params", "no_leader", "keep_data");

    /** Whether the data directory is left as it is before and after. */
    public boolean keepsData() {
        return is("keep_data");
    }

    /** Whether it works without a running leader. */
    public boolean needsNoLeader() {
        return is("no_leader");
    }

    /**
     * Runs the command.
     *
     * @param source empty: nobody runs
     */
    public Result run(
            Optional<CopySource> source,
            String scope,
            Path target,
            CommandRunner runner,
            ServerAccount account,
            JobControl control) {
        List<String> words;
        try {
            words = new ArrayList<>(CommandLine.split(String.valueOf(section.getOrDefault("command", name))));
        } catch (IllegalArgumentException e) {
            return new Result.Failed("postgresql." + name + ".command is not a command: " + e.getMessage());
        }
        if (is("no_params")) {
            words.addAll(LongOptions.forScript(section, OWN));
        } else {
            words.addAll(List.of(
                    "--scope=" + scope,
                    "--role=replica",
                    "--datadir=" + target,
                    "--connstring=" + source.map(from -> from.conninfo().text()).orElse("")));
            words.addAll(LongOptions.forScript(section, Set.of("command", "no_params")));
        }
        String passwords = source.filter(from -> !from.password().isEmpty())
                .map(from -> Pgpass.text(from.conninfo(), from.password()))
                .orElse("");
        try (SecretFile passfile = SecretFile.of(passwords, account)) {
            CommandOutcome outcome = runner.run(
                    Command.of(words).with("PGPASSFILE", passfile.path().toString()), TIMEOUT, control);
            if (outcome instanceof CommandOutcome.Cancelled) {
                return new Result.Cancelled();
            }
            return outcome.successful()
                    ? new Result.Succeeded("made a replica with " + name)
                    : new Result.Failed(Hint.of(outcome.complaint(), target) + "replica method " + name + " failed: "
                            + outcome.complaint());
        } catch (IOException e) {
            return new Result.Failed(name + ": the password file cannot be written: " + e.getMessage());
        }
    }

    private boolean is(String key) {
        return TRUE.contains(String.valueOf(section.getOrDefault(key, "false")).toLowerCase(Locale.ROOT));
    }
}
