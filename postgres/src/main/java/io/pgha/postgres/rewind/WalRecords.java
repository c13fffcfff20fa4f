package io.pgha.postgres.rewind;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.process.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Single WAL records, read with pg_waldump (facts §6.8). */
public final class WalRecords {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern RECORD =
            Pattern.compile("rmgr: (\\S+)\\s.*?lsn: ([0-9A-F]+/[0-9A-F]+), prev ([0-9A-F]+/[0-9A-F]+), desc: (\\S+)");
    /** "invalid record length at 0/3000098: wanted 24, got 0"; from 16 on "expected at least 24". */
    private static final Pattern END = Pattern.compile("invalid record length at ([0-9A-F]+/[0-9A-F]+)");

    private final Programs programs;
    private final Path dataDirectory;
    private final CommandRunner runner;

    public WalRecords(Programs programs, Path dataDirectory, CommandRunner runner) {
        this.programs = programs;
        this.dataDirectory = dataDirectory;
        this.runner = runner;
    }

    /**
     * @param manager resource manager, {@code XLOG} for example
     * @param position where it starts
     * @param previous where the record before it starts
     * @param description first word, {@code CHECKPOINT_SHUTDOWN} for example
     */
    record WalRecord(String manager, Lsn position, Lsn previous, String description) {
        static Optional<WalRecord> parse(String line) {
            Matcher matcher = RECORD.matcher(line);
            if (!matcher.find()) {
                return Optional.empty();
            }
            Optional<Lsn> position = Lsn.parse(matcher.group(2));
            Optional<Lsn> previous = Lsn.parse(matcher.group(3));
            return position.isEmpty() || previous.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new WalRecord(matcher.group(1), position.get(), previous.get(), matcher.group(4)));
        }
    }

    /**
     * End of the last real record before a shutdown (facts §5.11): where archiving switched the segment, that switch,
     * for a standby never gets beyond it before the next start; otherwise the checkpoint itself.
     */
    public Lsn lastBeforeShutdown(Timeline timeline, Lsn shutdownCheckpoint) {
        return at(timeline, shutdownCheckpoint)
                .filter(record ->
                        record.manager().equals("XLOG") && record.description().startsWith("CHECKPOINT_SHUTDOWN"))
                .flatMap(record -> at(timeline, record.previous()))
                .filter(record ->
                        record.manager().equals("XLOG") && record.description().startsWith("SWITCH"))
                .map(WalRecord::position)
                .orElse(shutdownCheckpoint);
    }

    /** Where the record after this one would start, when this is the last one of the timeline here. */
    public Optional<Lsn> endOfLast(Timeline timeline, Lsn record) {
        if (dump(timeline, record, 2) instanceof CommandOutcome.Exited exited) {
            Matcher matcher = END.matcher(exited.errors() + exited.output());
            return matcher.find() ? Lsn.parse(matcher.group(1)) : Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<WalRecord> at(Timeline timeline, Lsn position) {
        return dump(timeline, position, 1)
                .output()
                .lines()
                .findFirst()
                .flatMap(WalRecord::parse)
                .filter(record -> record.position().equals(position));
    }

    private CommandOutcome dump(Timeline timeline, Lsn from, int count) {
        Command command = Command.of(
                programs.path("pg_waldump"),
                "-p",
                dataDirectory.resolve("pg_wal").toString(),
                "-t",
                timeline.toString(),
                "-s",
                from.toString(),
                "-n",
                Integer.toString(count));
        return runner.run(command.inEnglish(), TIMEOUT);
    }
}
