package io.pgha.postgres.local;

import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Postmaster;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.conf.PostmasterPid;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.Deadline;
import io.pgha.postgres.process.ExitWatch;
import io.pgha.postgres.process.LastWords;
import io.pgha.postgres.process.PostmasterFinder;
import io.pgha.postgres.process.ProcessTable;
import io.pgha.postgres.process.ProcessTree;
import io.pgha.postgres.process.ServerLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the postmaster and waits until it takes connections (facts §6.2). No wait here is longer than it must be. */
final class Starter {
    private static final Logger log = LoggerFactory.getLogger(Starter.class);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration KILL_WAIT = Duration.ofSeconds(2);
    private static final Duration ORPHANS_LEAVE = Duration.ofMillis(100);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

    private final Instance instance;
    private final ExitWatch exitWatch;

    Starter(Instance instance, ExitWatch exitWatch) {
        this.instance = instance;
        this.exitWatch = exitWatch;
    }

    /**
     * Starts with the files as they are.
     *
     * @param options on the command line behind the configuration file
     */
    Result start(List<String> options, Duration timeout, JobControl control) {
        long fencings = instance.fencings.get();
        PostmasterFinder.Finding before = instance.finder.find();
        if (before.postmaster().isPresent()) {
            instance.started();
            return new Result.Succeeded("PostgreSQL runs already");
        }
        Optional<String> obstacle = obstacle(before);
        if (obstacle.isPresent()) {
            return failed(obstacle.get());
        }
        instance.enter(PostgresState.STARTING);
        instance.markStarting(true);
        ServerLog written = ServerLog.before(instance.dataDir(), instance.starter.standardError());
        try {
            Postmaster postmaster = instance.starter.start(command(options), environment(before));
            if (instance.fencings.get() != fencings) {
                ProcessTree.kill(postmaster.pid(), postmaster.startTicks(), KILL_WAIT);
                instance.enter(PostgresState.STOPPED);
                return new Result.Cancelled();
            }
            instance.finder.recognize(postmaster);
            exitWatch.watch(postmaster);
            boolean decided = isDecided(postmaster, Deadline.after(timeout), control);
            return runs(postmaster)
                    ? outcome(postmaster, decided, control)
                    : failed("PostgreSQL gave up starting: " + why(written, options));
        } catch (IOException e) {
            return failed("PostgreSQL cannot be started: " + e.getMessage());
        } finally {
            instance.markStarting(false);
        }
    }

    private Optional<String> obstacle(PostmasterFinder.Finding before) {
        if (before.singleUser()) {
            return Optional.of(
                    "a single-user server (process " + before.stranger().orElse(0L) + ") works in " + instance.dataDir()
                            + ": wait for its end, or end it");
        }
        if (!instance.orphans.clear(ORPHANS_LEAVE)) {
            return Optional.of("processes of the previous server in " + instance.dataDir() + " survive SIGKILL");
        }
        return instance.programs()
                .complaint()
                .or(() -> instance.version.complaint(instance.programs()))
                .or(() -> PortCheck.complaint(instance.settings()));
    }

    private List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                instance.programs().path("postgres"),
                "-D",
                instance.dataDir().toString(),
                "--config-file="
                        + instance.settings()
                                .configDir()
                                .resolve(instance.settings().configBaseName() + ".conf")));
        command.addAll(options);
        return command;
    }

    /** PostgreSQL takes any process that a stale file names for a server, but not this one (facts §6.1). */
    private static Map<String, String> environment(PostmasterFinder.Finding before) {
        return before.misleading()
                .map(pid -> Map.of("PG_GRANDPARENT_PID", pid.toString()))
                .orElse(Map.of());
    }

    private boolean isDecided(Postmaster postmaster, Deadline deadline, JobControl control) {
        return deadline.waitUntil(
                POLL, () -> control.cancelled() || !runs(postmaster) || acceptsConnections(postmaster));
    }

    /** What it wrote; where that cannot be read, what it says of the same command line when it is only to look at its configuration. */
    private String why(ServerLog written, List<String> options) {
        return written.since()
                .map(quotation -> quotation.words() + " (" + quotation.file() + ")")
                .or(() -> configurationError(options))
                .orElse("its log says why; it is where the agent's own output goes, or where log_directory says");
    }

    private Optional<String> configurationError(List<String> options) {
        List<String> check = command(options);
        check.addAll(List.of("-C", "data_directory"));
        CommandOutcome outcome = instance.runner.run(Command.of(check), CHECK_TIMEOUT);
        return outcome instanceof CommandOutcome.Exited exited && exited.code() != 0
                ? Optional.of(exited.errors()).map(LastWords::of).filter(words -> !words.isBlank())
                : Optional.empty();
    }

    private Result outcome(Postmaster postmaster, boolean decided, JobControl control) {
        if (control.cancelled()) {
            log.warn("the start is not wanted any more: ending postmaster {}", postmaster.pid());
            ProcessTree.kill(postmaster.pid(), postmaster.startTicks(), KILL_WAIT);
            instance.enter(PostgresState.STOPPED);
            return new Result.Cancelled();
        }
        if (!decided) {
            instance.startSucceedsAfterAll();
            return new Result.TimedOut("PostgreSQL is still starting");
        }
        instance.started();
        return new Result.Succeeded("PostgreSQL runs as process " + postmaster.pid());
    }

    private static boolean runs(Postmaster postmaster) {
        return ProcessTable.runs(postmaster.pid(), postmaster.startTicks());
    }

    /** The postmaster itself writes {@code ready} into its file: cheaper than knocking, and it needs no password. */
    private boolean acceptsConnections(Postmaster postmaster) {
        return instance.finder
                .find()
                .file()
                .filter(file -> file.pid() == postmaster.pid())
                .flatMap(PostmasterPid::status)
                .filter("ready"::equals)
                .isPresent();
    }

    private Result failed(String why) {
        log.error("{}", why);
        instance.startFailed(why);
        return new Result.Failed(why);
    }
}
