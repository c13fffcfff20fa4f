package io.pgha.postgres.rewind;

import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.process.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Replays WAL without letting anybody in: {@code postgres --single} (facts §6.11). */
public final class SingleUser {
    private static final Duration TIMEOUT = Duration.ofDays(1);

    private final Programs programs;
    private final CommandRunner runner;

    public SingleUser(Programs programs, CommandRunner runner) {
        this.programs = programs;
        this.runner = runner;
    }

    /**
     * Runs it; it ends by itself because it reads nothing from its input.
     *
     * @param options parameters of the last start, by name
     */
    public Result recover(Path dataDirectory, Map<String, String> options, JobControl control) {
        Map<String, String> all = new TreeMap<>(options);
        Optional<String> configFile = Optional.ofNullable(all.remove("config_file"));
        all.put("archive_mode", "on");
        // What is archived now would be archived from a history that may be given up.
        all.put("archive_command", "false");
        List<String> command =
                new ArrayList<>(List.of(programs.path("postgres"), "--single", "-D", dataDirectory.toString()));
        configFile.ifPresent(file -> command.addAll(List.of("-c", "config_file=" + file)));
        all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        command.add("template1");
        control.progress("replaying WAL in single-user mode");
        CommandOutcome outcome = runner.run(Command.of(command).inEnglish(), TIMEOUT, control);
        if (outcome instanceof CommandOutcome.Cancelled) {
            return new Result.Cancelled();
        }
        return outcome.successful()
                ? new Result.Succeeded("the crashed server's WAL is replayed")
                : new Result.Failed("crash recovery in single-user mode failed: " + outcome.complaint());
    }
}
