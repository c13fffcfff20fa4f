package io.pgha.postgres.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the server writes while it tries to start: into the files of its collector ({@code logging_collector}), and before those are
 * opened, or without them, to its standard error, which may be a file.
 */
public final class ServerLog {
    private static final int TAIL = 32 * 1024;

    private final Path dataDir;
    private final Optional<Path> standardError;
    private final Map<Path, Long> lengths = new HashMap<>();

    private ServerLog(Path dataDir, Optional<Path> standardError) {
        this.dataDir = dataDir;
        this.standardError = standardError;
    }

    /**
     * Notes how long the files are before a start.
     *
     * @param standardError the file that is the server's standard error; empty: it is none that can be read
     */
    public static ServerLog before(Path dataDir, Optional<Path> standardError) {
        ServerLog log = new ServerLog(dataDir, standardError);
        log.files().forEach(file -> log.lengths.put(file, length(file)));
        return log;
    }

    /**
     * What was written since.
     *
     * @param file where it stands
     * @param words in one line, without control characters and passwords
     */
    public record Quotation(Path file, String words) {}

    /** The line with which the server gave up; else the last lines of its collector; empty when it wrote nothing that can be read. */
    public Optional<Quotation> since() {
        Optional<Quotation> fatal = files().stream()
                .flatMap(file -> LastWords.fatal(written(file)).map(words -> new Quotation(file, words)).stream())
                .findFirst();
        // The other file is the agent's own log, too, and its last lines are most likely the agent's.
        return fatal.or(() -> files().stream()
                .filter(file -> standardError.filter(file::equals).isEmpty())
                .map(file -> new Quotation(file, LastWords.of(written(file))))
                .filter(quotation -> !quotation.words().isBlank())
                .findFirst());
    }

    /** All files that are looked into, those of the collector first. */
    private Set<Path> files() {
        Set<Path> files = new LinkedHashSet<>();
        Stream.concat(current().stream(), Stream.of(dataDir.resolve("log")))
                .map(ServerLog::inside)
                .forEach(files::addAll);
        standardError.filter(Files::isRegularFile).ifPresent(files::add);
        return files;
    }

    private static List<Path> inside(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            return List.of(); // it collects none, or somewhere else
        }
    }

    /** The folder that the server itself names while it collects. */
    private Optional<Path> current() {
        try {
            List<String> lines = Files.readAllLines(dataDir.resolve("current_logfiles"));
            return lines.stream()
                    .filter(line -> line.contains(" "))
                    .map(line -> dataDir.resolve(line.substring(line.indexOf(' ') + 1)))
                    .findFirst()
                    .flatMap(file -> Optional.ofNullable(file.getParent()));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** A file that is shorter than before was begun anew. */
    private String written(Path file) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long end = open.length();
            long before = lengths.getOrDefault(file, 0L);
            open.seek(Math.max(before <= end ? before : 0, end - TAIL));
            byte[] bytes = new byte[TAIL];
            int read = open.read(bytes);
            return new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
