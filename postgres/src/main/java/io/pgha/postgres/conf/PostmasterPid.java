package io.pgha.postgres.conf;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Content of {@code postmaster.pid} (facts §6.1). Lines behind the first three are missing while the server starts.
 *
 * @param pid process id, positive
 * @param singleUser whether a single-user server wrote it (a negative pid in the file): signals do not stop it
 * @param dataDir as the server knows it
 * @param startTime when the postmaster wrote the file, in seconds
 * @param port TCP port
 * @param socketDir first socket directory
 * @param listenAddress first address
 * @param status {@code starting}, {@code stopping}, {@code ready} or {@code standby}
 */
public record PostmasterPid(
        long pid,
        boolean singleUser,
        Path dataDir,
        Optional<Instant> startTime,
        Optional<Integer> port,
        Optional<String> socketDir,
        Optional<String> listenAddress,
        Optional<String> status) {
    /** Reads the file's text; empty when there is no pid and data directory in it. */
    public static Optional<PostmasterPid> parse(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        Optional<Long> number = line(lines, 0).flatMap(PostmasterPid::number);
        Optional<String> dataDir = line(lines, 1);
        if (number.isEmpty() || number.get() == 0 || number.get() == Long.MIN_VALUE || dataDir.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PostmasterPid(
                    Math.abs(number.get()),
                    number.get() < 0,
                    Path.of(dataDir.get()),
                    line(lines, 2)
                            .flatMap(PostmasterPid::number)
                            .filter(seconds -> seconds > 0 && seconds < 1L << 40)
                            .map(Instant::ofEpochSecond),
                    line(lines, 3)
                            .flatMap(PostmasterPid::number)
                            .filter(port -> port > 0 && port < 65536)
                            .map(Long::intValue),
                    line(lines, 4),
                    line(lines, 5),
                    line(lines, 7)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> line(List<String> lines, int index) {
        return index < lines.size() && !lines.get(index).isEmpty() ? Optional.of(lines.get(index)) : Optional.empty();
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
