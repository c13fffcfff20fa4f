package io.pgha.postgres.conf;

import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Timeline;
import io.pgha.postgres.version.PostgresVersion;
import io.pgha.postgres.version.UnsupportedVersionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the files in a data directory say. Only reads; every file is read up to a bound. */
public final class DataFiles {
    private static final int MAX_BYTES = 1 << 20;

    /** As Python's isoformat, which other members write (facts §1.10). */
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private final Path dataDir;

    public DataFiles(Path dataDir) {
        this.dataDir = dataDir;
    }

    /**
     * What stands there (facts §6.4). Never throws: a directory that cannot be looked at is
     * {@link DataDirectory#INACCESSIBLE}, as is one with foreign files.
     */
    public DataDirectory state() {
        try {
            if (!Files.exists(dataDir)) {
                // A name that leads nowhere, or into a folder that we may not enter.
                return Files.notExists(dataDir) && !Files.isSymbolicLink(dataDir)
                        ? DataDirectory.EMPTY
                        : DataDirectory.INACCESSIBLE;
            }
            if (Files.isRegularFile(dataDir.resolve("global").resolve("pg_control"))) {
                return DataDirectory.PRESENT;
            }
            try (Stream<Path> entries = Files.list(dataDir)) {
                return entries.map(entry -> entry.getFileName().toString())
                                .allMatch(name -> name.startsWith(".") || name.equals("lost+found"))
                        ? DataDirectory.EMPTY
                        : DataDirectory.INACCESSIBLE;
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            return DataDirectory.INACCESSIBLE;
        }
    }

    /**
     * The version that created the data directory, from {@code PG_VERSION}; empty when there is none.
     *
     * @throws UnsupportedVersionException when pgha does not know how to drive it
     */
    public Optional<PostgresVersion> version() throws IOException {
        return text("PG_VERSION").map(PostgresVersion::parseVersionFile);
    }

    /** The content of postmaster.pid; empty when there is none, or when it is being written. */
    public Optional<PostmasterPid> postmasterPid() throws IOException {
        return text("postmaster.pid").flatMap(PostmasterPid::parse);
    }

    /** The content of postmaster.opts. */
    public Optional<PostmasterOpts> postmasterOpts() throws IOException {
        return text("postmaster.opts").map(PostmasterOpts::parse);
    }

    /** Whether a {@code backup_label} is there: a copy whose recovery has not come to its consistent point. */
    public boolean hasBackupLabel() {
        return Files.exists(dataDir.resolve("backup_label"));
    }

    /** Whether the next start goes into recovery: standby.signal, recovery.signal or recovery.conf. */
    public boolean hasRecoverySignal() {
        return Stream.of("standby.signal", "recovery.signal", "recovery.conf")
                .anyMatch(name -> Files.exists(dataDir.resolve(name)));
    }

    /** Text of recovery.conf (before 12). */
    public Optional<String> recoveryConf() throws IOException {
        return text("recovery.conf");
    }

    /** The write-ahead log's folder. */
    public Path walDir() {
        return dataDir.resolve("pg_wal");
    }

    /**
     * The history of a timeline, oldest entry first; the last one with the time of the promotion, which is the file's
     * (facts §1.10). Empty when there is no file, as for timeline 1.
     *
     * @param zone in which the time is written
     */
    public List<HistoryEntry> history(Timeline timeline, ZoneId zone) throws IOException {
        Path file = walDir().resolve(HistoryFile.name(timeline));
        Optional<String> text = timeline.isAfter(Timeline.FIRST) ? text(file) : Optional.empty();
        List<HistoryEntry> entries =
                new ArrayList<>(text.map(HistoryFile::parse).orElse(List.of()));
        if (!entries.isEmpty()) {
            HistoryEntry last = entries.remove(entries.size() - 1);
            String promotedAt =
                    ISO.format(Files.getLastModifiedTime(file).toInstant().atZone(zone));
            entries.add(new HistoryEntry(
                    last.timeline(), last.switchPoint(), last.reason(), Optional.of(promotedAt), last.newLeader()));
        }
        return List.copyOf(entries);
    }

    private Optional<String> text(String name) throws IOException {
        return text(dataDir.resolve(name));
    }

    private static Optional<String> text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new FileSystemException(file.toString(), null, "larger than " + MAX_BYTES + " bytes");
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
