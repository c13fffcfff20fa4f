package io.pgha.postgres.process;

import io.pgha.postgres.JobControl;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs to their end on the calling thread, with a deadline, as PostgreSQL's user. A child that is cancelled or
 * late gets SIGTERM, ten seconds, and then SIGKILL together with its children (facts §6.12).
 */
public final class CommandRunner {
    private static final Logger log = LoggerFactory.getLogger(CommandRunner.class);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration KILL_WAIT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(20);

    private final ServerAccount account;

    public CommandRunner(ServerAccount account) {
        this.account = account;
    }

    /** Runs something short that nobody cancels. */
    public CommandOutcome run(Command command, Duration timeout) {
        return run(command, timeout, JobControl.UNATTENDED);
    }

    /**
     * Runs a program.
     *
     * @param timeout after which the child is ended
     * @param control asked every few milliseconds whether to end the child
     */
    public CommandOutcome run(Command command, Duration timeout, JobControl control) {
        return run(command, timeout, control, text -> {});
    }

    /**
     * The same, with an ear for what the child says on its standard error while it runs.
     *
     * @param listener gets pieces of text as they come, not always whole lines
     */
    public CommandOutcome run(Command command, Duration timeout, JobControl control, Consumer<String> listener) {
        Deadline deadline = Deadline.after(timeout);
        return run(command, deadline::passed, control, listener);
    }

    /**
     * The same for something that may take any time as long as it goes on: each sign of life on its standard error gives it
     * another while.
     *
     * @param silence after which the child is ended
     */
    public CommandOutcome runWhileHeard(
            Command command, Duration silence, JobControl control, Consumer<String> listener) {
        Silence quiet = new Silence(silence);
        return run(command, quiet::tooLong, control, listener.andThen(text -> quiet.broken()));
    }

    /** How long a child has said nothing. Both its methods are called by the thread that attends to it. */
    private static final class Silence {
        private final Duration longest;
        private Deadline deadline;

        Silence(Duration longest) {
            this.longest = longest;
            this.deadline = Deadline.after(longest);
        }

        void broken() {
            deadline = Deadline.after(longest);
        }

        boolean tooLong() {
            return deadline.passed();
        }
    }

    private CommandOutcome run(Command command, BooleanSupplier late, JobControl control, Consumer<String> listener) {
        if (control.cancelled()) {
            return new CommandOutcome.Cancelled();
        }
        Process child;
        try {
            child = start(command);
        } catch (IOException e) {
            return new CommandOutcome.NotStarted(
                    "cannot run " + command.arguments().get(0) + ": " + e.getMessage());
        }
        try {
            return attend(child, command, late, control, listener);
        } catch (InterruptedException e) {
            end(child, command, listener);
            Thread.currentThread().interrupt();
            return new CommandOutcome.Cancelled();
        }
    }

    private Process start(Command command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(account.command(command.arguments()));
        CleanEnvironment.clean(builder.environment());
        builder.environment().putAll(command.environment());
        command.directory().ifPresent(directory -> builder.directory(directory.toFile()));
        return builder.redirectInput(new File("/dev/null")).start();
    }

    private CommandOutcome attend(
            Process child, Command command, BooleanSupplier late, JobControl control, Consumer<String> listener)
            throws InterruptedException {
        OutputTail output = new OutputTail(child.getInputStream());
        OutputTail errors = new OutputTail(child.getErrorStream(), listener);
        while (!child.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            output.drain();
            errors.drain();
            if (control.cancelled()) {
                end(child, command, listener);
                return new CommandOutcome.Cancelled();
            }
            if (late.getAsBoolean()) {
                log.warn("{} takes too long and is ended", command.program());
                end(child, command, listener);
                return new CommandOutcome.TimedOut();
            }
        }
        output.drain();
        errors.drain();
        return new CommandOutcome.Exited(child.exitValue(), output.text(), errors.text());
    }

    private static void end(Process child, Command command, Consumer<String> listener) {
        long pid = child.pid();
        long startTicks = ProcessTable.find(pid).map(ProcessEntry::startTicks).orElse(0L);
        child.destroy();
        OutputTail output = new OutputTail(child.getInputStream());
        OutputTail errors = new OutputTail(child.getErrorStream(), listener);
        boolean left = Deadline.after(GRACE).waitUntil(POLL, () -> {
            // A full pipe would keep the child from noticing the signal.
            output.drain();
            errors.drain();
            return !child.isAlive();
        });
        if (!left && !ProcessTree.kill(pid, startTicks, KILL_WAIT)) {
            log.error("{} (process {}) survives SIGKILL", command.program(), pid);
        }
        // What it said at the very end tells how far it had come.
        errors.drain();
    }
}
