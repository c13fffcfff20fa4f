package io.pgha.postgres.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the server wrote last where it collects its log in files ({@code logging_collector}). */
public final class ServerLog {
    private static final int TAIL = 4096;
    private static final Duration FRESH = Duration.ofMinutes(2);

    private ServerLog() {}

    /** The last lines of its newest file; empty when there is none that was written just now. */
    public static Optional<String> lastWords(Path dataDir, Instant now) {
        return newest(dataDir)
                .filter(file -> isFresh(file, now))
                .map(ServerLog::tail)
                .map(LastWords::of)
                .filter(words -> !words.isBlank());
    }

    private static Optional<Path> newest(Path dataDir) {
        Path folder = current(dataDir).orElse(dataDir.resolve("log"));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).max(Comparator.comparing(ServerLog::writtenAt));
        } catch (IOException e) {
            return Optional.empty(); // it collects none, or somewhere else
        }
    }

    /** The folder that the server itself names while it collects. */
    private static Optional<Path> current(Path dataDir) {
        try {
            List<String> lines = Files.readAllLines(dataDir.resolve("current_logfiles"));
            return lines.stream()
                    .filter(line -> line.startsWith("stderr "))
                    .map(line -> dataDir.resolve(line.substring("stderr ".length())))
                    .findFirst()
                    .flatMap(file -> Optional.ofNullable(file.getParent()));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isFresh(Path file, Instant now) {
        return writtenAt(file).isAfter(now.minus(FRESH));
    }

    private static Instant writtenAt(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private static String tail(Path file) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(Math.max(0, open.length() - TAIL));
            byte[] bytes = new byte[TAIL];
            int read = open.read(bytes);
            return new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
