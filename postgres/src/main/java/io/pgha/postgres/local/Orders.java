package io.pgha.postgres.local;

import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.conf.CommandLine;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.sql.Login;
import io.pgha.postgres.sql.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small things that a running server is told, and the operator's scripts around them. */
final class Orders {
    private static final Logger log = LoggerFactory.getLogger(Orders.class);
    private static final Duration BEFORE_STOP_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration PRE_PROMOTE_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration SPARE = Duration.ofSeconds(2);

    private final Instance instance;

    Orders(Instance instance) {
        this.instance = instance;
    }

    Result checkpoint(Duration timeout) {
        Login login = instance.heartbeat.login().patient(timeout, timeout.plus(SPARE));
        try (Connection session = login.open();
                Statement statement = session.createStatement()) {
            statement.execute("CHECKPOINT");
            return new Result.Succeeded("checkpoint written");
        } catch (SQLException e) {
            return Refusal.of(e) == Refusal.SILENT
                    ? new Result.TimedOut("a checkpoint takes longer than " + timeout.toSeconds() + " s")
                    : new Result.Failed("CHECKPOINT failed: " + Refusal.words(e));
        }
    }

    /** Runs {@code before_stop}; what comes of it changes nothing (facts §2.6). */
    void beforeStop(String commandLine) {
        Result result = script("before_stop", commandLine, BEFORE_STOP_TIMEOUT, JobControl.UNATTENDED);
        if (!result.succeeded()) {
            log.warn("{}", result.message());
        }
    }

    Result prePromote(JobControl control) {
        return instance.settings()
                .prePromote()
                .map(command -> script("pre_promote", command, PRE_PROMOTE_TIMEOUT, control))
                .orElse(new Result.Succeeded("no pre_promote is configured"));
    }

    private Result script(String name, String commandLine, Duration timeout, JobControl control) {
        List<String> words;
        try {
            words = CommandLine.split(commandLine);
        } catch (IllegalArgumentException e) {
            return new Result.Failed("postgresql." + name + " is not a command: " + e.getMessage());
        }
        if (words.isEmpty()) {
            return new Result.Succeeded(name + " is empty");
        }
        CommandOutcome outcome = instance.runner.run(Command.of(words), timeout, control);
        if (outcome instanceof CommandOutcome.Cancelled) {
            return new Result.Cancelled();
        }
        return outcome.successful()
                ? new Result.Succeeded(name + " succeeded")
                : new Result.Failed(name + ": " + outcome.complaint());
    }
}
