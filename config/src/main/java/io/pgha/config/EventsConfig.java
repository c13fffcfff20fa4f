package io.pgha.config;

import io.pgha.config.value.Values;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The section {@code events}: where the event history is kept. Only pgha knows it.
 *
 * @param directory where; empty: nowhere, as the data directory has no parent
 * @param size bytes at which a new file begins
 */
public record EventsConfig(Optional<Path> directory, long size) {
    private static final long DEFAULT_SIZE = 4_000_000;

    /** What counts for a node: the written directory, else the log's, else the one above the data directory. */
    public static EventsConfig of(LocalConfig config) {
        Values section = config.values().section("events");
        Optional<Path> written = section.filled("dir").map(Path::of);
        Optional<Path> beside = config.log().file().map(LogConfig.LogFile::directory);
        Path data = config.postgresql().files().dataDir().toAbsolutePath();
        return new EventsConfig(
                written.or(() -> beside).or(() -> Optional.ofNullable(data.getParent())),
                Math.max(100_000, section.integer("size", DEFAULT_SIZE)));
    }
}
