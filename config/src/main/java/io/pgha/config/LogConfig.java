package io.pgha.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code log} (facts §2.9).
 *
 * @param type plain or JSON
 * @param level one of DEBUG, INFO, WARNING, ERROR, CRITICAL (synonyms already mapped)
 * @param tracebackLevel the level from which stack traces are shown
 * @param format fields of a line, in Patroni's notation; several for JSON
 * @param dateformat strftime notation
 * @param staticFields constant fields of JSON lines
 * @param maxQueueSize lines that may wait to be written
 * @param file where a file is to be written
 * @param loggers level by logger name
 * @param deduplicateHeartbeatLogs whether a heartbeat line equal to the last one is left out
 */
public record LogConfig(
        Type type,
        String level,
        String tracebackLevel,
        List<String> format,
        Optional<String> dateformat,
        Map<String, String> staticFields,
        int maxQueueSize,
        Optional<LogFile> file,
        Map<String, String> loggers,
        boolean deduplicateHeartbeatLogs) {

    /** How a line looks. */
    public enum Type {
        PLAIN,
        JSON
    }

    /**
     * A rotated file.
     *
     * @param directory holds the file and its older generations
     * @param mode permissions, for example 0644
     * @param generations how many older files are kept
     * @param size bytes at which a new file begins
     */
    public record LogFile(Path directory, Optional<Integer> mode, int generations, long size) {}

    public LogConfig {
        format = List.copyOf(format);
        staticFields = Map.copyOf(staticFields);
        loggers = Map.copyOf(loggers);
    }
}
