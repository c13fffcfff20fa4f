package io.pgha.postgres.rewind;

import io.pgha.postgres.JobControl;
import io.pgha.postgres.conf.Conninfo;
import io.pgha.postgres.conf.Pgpass;
import io.pgha.postgres.copy.BackupProgress;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.process.Programs;
import io.pgha.postgres.process.SecretFile;
import io.pgha.postgres.process.ServerAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs pg_rewind, and fetches WAL that it misses (facts §6.11). */
public final class PgRewind {
    private static final Logger log = LoggerFactory.getLogger(PgRewind.class);
    private static final Duration FETCH_TIMEOUT = Duration.ofMinutes(10);
    private static final int MAX_FETCHED = 10_000;
    private static final Pattern MISSING = Pattern.compile("could not open file \"[^\"]*/pg_wal/([0-9A-F]{24})\"");
    /** What {@code --progress} prints before the first file may be changed; until then it only reads. */
    private static final Pattern BEGUN = Pattern.compile("need to copy [0-9]+ MB");

    private final Programs programs;
    private final CommandRunner runner;
    private final ServerAccount account;

    public PgRewind(Programs programs, CommandRunner runner, ServerAccount account) {
        this.programs = programs;
        this.runner = runner;
        this.account = account;
    }

    /**
     * What to do.
     *
     * @param dataDirectory the target
     * @param source without a password
     * @param password empty text: none
     * @param silence after which it is ended when it shows no progress
     * @param options of the operator and {@code --restore-target-wal}, as arguments
     * @param restoreCommand with which missing WAL is fetched when pg_rewind cannot do it itself
     */
    public record Order(
            Path dataDirectory,
            Conninfo source,
            String password,
            Duration silence,
            List<String> options,
            Optional<String> restoreCommand) {
        /** Never shows the password. */
        @Override
        public String toString() {
            return "Order[" + dataDirectory + ", " + options + "]";
        }
    }

    /**
     * How it ended.
     *
     * @param outcome of the last run
     * @param untouched whether the data directory is certainly as it was
     */
    public record Ending(CommandOutcome outcome, boolean untouched) {}

    /** Runs it, again after each piece of WAL that could be fetched. */
    public Ending run(Order order, JobControl control) throws IOException {
        Set<String> fetched = new HashSet<>();
        while (true) {
            Said said = new Said();
            CommandOutcome outcome = once(order, control, said);
            Optional<String> missing = missing(outcome);
            if (missing.isPresent()
                    && order.restoreCommand().isPresent()
                    && fetched.size() < MAX_FETCHED
                    && fetched.add(missing.get())
                    && fetch(order, missing.get(), control)) {
                continue;
            }
            return new Ending(outcome, untouched(outcome, missing.isPresent(), said));
        }
    }

    private CommandOutcome once(Order order, JobControl control, Said said) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                programs.path("pg_rewind"),
                "-D",
                order.dataDirectory().toString(),
                "--progress",
                "--source-server=" + order.source().text()));
        command.addAll(order.options());
        String passwords = order.password().isEmpty() ? "" : Pgpass.text(order.source(), order.password());
        try (SecretFile passfile = SecretFile.of(passwords, account)) {
            Command whole = Command.of(command)
                    .with("PGPASSFILE", passfile.path().toString())
                    .with("PGOPTIONS", "-c statement_timeout=0")
                    .inEnglish();
            return runner.runWhileHeard(whole, order.silence(), control, said.andThen(new BackupProgress(control)));
        }
    }

    private static Optional<String> missing(CommandOutcome outcome) {
        if (outcome instanceof CommandOutcome.Exited exited && exited.code() != 0) {
            Matcher matcher = MISSING.matcher(exited.errors() + exited.output());
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** Missing WAL is noticed while reading; of a run that was ended from outside the last words count, if it spoke at all. */
    private static boolean untouched(CommandOutcome outcome, boolean walMissing, Said said) {
        if (outcome instanceof CommandOutcome.Exited exited) {
            return exited.code() == 0
                    || walMissing
                    || !BEGUN.matcher(exited.errors() + exited.output()).find();
        }
        return outcome instanceof CommandOutcome.NotStarted || said.onlyThatItReads();
    }

    /** What it has said on its standard error so far, as much as is needed to see whether it has begun to change files. */
    private static final class Said implements Consumer<String> {
        private static final int KEPT = 1024;

        private boolean spoke;
        private boolean begun;
        private String last = "";

        @Override
        public void accept(String text) {
            spoke = true;
            last += text;
            begun |= BEGUN.matcher(last).find();
            last = last.substring(Math.max(0, last.length() - KEPT));
        }

        boolean onlyThatItReads() {
            return spoke && !begun;
        }
    }

    private boolean fetch(Order order, String segment, JobControl control) {
        String path = order.dataDirectory().resolve("pg_wal").resolve(segment).toString();
        control.progress("fetching " + segment + " by restore_command");
        String shell = WalCommand.expand(order.restoreCommand().orElseThrow(), path, segment);
        CommandOutcome outcome =
                runner.run(Command.of("sh", "-c", shell).in(order.dataDirectory()), FETCH_TIMEOUT, control);
        if (!outcome.successful()) {
            log.warn("restore_command for {}: {}", segment, outcome.complaint());
        }
        return outcome.successful();
    }
}
