package io.pgha.postgres.rewind;

import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Archives what a crashed server had not archived yet, for a rewind may remove it (facts §6.11). */
public final class ReadySegments {
    private static final Logger log = LoggerFactory.getLogger(ReadySegments.class);
    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}(\\.partial)?");
    private static final String READY = ".ready";
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Path dataDirectory;
    private final CommandRunner runner;

    public ReadySegments(Path dataDirectory, CommandRunner runner) {
        this.dataDirectory = dataDirectory;
        this.runner = runner;
    }

    /** Archives them in order with {@code archive_command}; stops at the first that fails, as PostgreSQL does. */
    public void archive(String archiveCommand) throws IOException {
        for (Path mark : marks()) {
            String name = mark.getFileName().toString();
            String segment = name.substring(0, name.length() - READY.length());
            String shell = WalCommand.expand(archiveCommand, "pg_wal/" + segment, segment);
            CommandOutcome outcome = runner.run(Command.of("sh", "-c", shell).in(dataDirectory), TIMEOUT);
            if (!outcome.successful()) {
                log.warn("archive_command for {}: {}", segment, outcome.complaint());
                return;
            }
            Files.move(mark, mark.resolveSibling(segment + ".done"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Forgets what is archived and what is not: single-user mode would wait for it. */
    public void forget() throws IOException {
        for (Path entry : entries("*")) {
            Files.deleteIfExists(entry);
        }
    }

    private List<Path> marks() throws IOException {
        List<Path> marks = entries("*" + READY);
        marks.removeIf(mark -> {
            String name = mark.getFileName().toString();
            return !SEGMENT.matcher(name.substring(0, name.length() - READY.length()))
                    .matches();
        });
        Collections.sort(marks);
        return marks;
    }

    private List<Path> entries(String pattern) throws IOException {
        Path folder = dataDirectory.resolve("pg_wal").resolve("archive_status");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
                entries.forEach(found::add);
            }
        }
        return found;
    }
}
