package io.pgha.postgres.process;

import io.pgha.core.model.ControlData;
import io.pgha.postgres.conf.ControlDataText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code pg_controldata} says of a data directory (facts §6.8); it is run only when the file has changed. */
public final class ControlFile {
    private static final Logger log = LoggerFactory.getLogger(ControlFile.class);
    private static final Duration SETTLED = Duration.ofMillis(50);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Path dataDirectory;
    private final CommandRunner runner;
    private @Nullable Reading last;

    public ControlFile(Path dataDirectory, CommandRunner runner) {
        this.dataDirectory = dataDirectory;
        this.runner = runner;
    }

    /** The present content with all its lines; empty when there is none, or it is corrupt or not readable. */
    public synchronized Optional<ControlDataText> read(Programs programs) {
        Optional<Stamp> stamp = stamp();
        if (stamp.isEmpty()) {
            last = null;
            return Optional.empty();
        }
        Reading known = last;
        if (known != null && known.stamp().equals(stamp.get())) {
            return Optional.of(known.text());
        }
        CommandOutcome outcome = runner.run(
                Command.of(programs.path("pg_controldata"), dataDirectory.toString())
                        .inEnglish(),
                TIMEOUT);
        if (!outcome.successful()) {
            log.warn("pg_controldata: {}", outcome.complaint());
            return Optional.empty();
        }
        ControlDataText text = ControlDataText.parse(outcome.output());
        // A second change within the clock's granularity would go unnoticed.
        last = stamp.get().isOld() ? new Reading(stamp.get(), text) : null;
        return Optional.of(text);
    }

    /** The fields that decisions need. */
    public Optional<ControlData> data(Programs programs) {
        return read(programs).flatMap(ControlDataText::data);
    }

    private Optional<Stamp> stamp() {
        Path file = dataDirectory.resolve("global").resolve("pg_control");
        try {
            return Optional.of(
                    new Stamp(Files.getLastModifiedTime(file), String.valueOf(Files.getAttribute(file, "unix:ino"))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private record Stamp(FileTime modified, String inode) {
        boolean isOld() {
            return System.currentTimeMillis() - modified.toMillis() > SETTLED.toMillis();
        }
    }

    private record Reading(Stamp stamp, ControlDataText text) {}
}
