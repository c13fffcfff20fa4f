package io.pgha.postgres.local;

import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.process.Programs;
import io.pgha.postgres.version.PostgresVersion;
import io.pgha.postgres.version.UnsupportedVersionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which version serves here: {@code PG_VERSION} of the data directory, and that of the programs (facts §6.1). */
final class ServerVersion {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Path file;
    private final CommandRunner runner;
    private @Nullable Binary binary;

    ServerVersion(Path dataDir, CommandRunner runner) {
        this.file = dataDir.resolve("PG_VERSION");
        this.runner = runner;
    }

    /**
     * The version that counts: the programs', unless the data directory is of another major version.
     *
     * @throws UnsupportedVersionException when neither can be told, or it is not supported
     */
    PostgresVersion current(Programs programs) {
        Optional<PostgresVersion> data = ofData();
        if (data.isPresent() && programs.file("postgres").isEmpty()) {
            return data.get();
        }
        PostgresVersion program = ofPrograms(programs);
        return data.filter(version -> version.major() != program.major()).orElse(program);
    }

    /** What is wrong about them, one sentence with a remedy. */
    Optional<String> complaint(Programs programs) {
        try {
            PostgresVersion program = ofPrograms(programs);
            return ofData().filter(data -> data.major() != program.major())
                    .map(data -> "the data directory " + file.getParent() + " is of PostgreSQL " + data.major()
                            + ", but the programs in " + programs.directory() + " are of " + program
                            + ": correct postgresql.bin_dir, or upgrade the data with pg_upgrade");
        } catch (UnsupportedVersionException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<PostgresVersion> ofData() {
        try {
            return Optional.of(PostgresVersion.parseVersionFile(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UnsupportedVersionException("cannot read " + file + ": " + e.getMessage());
        }
    }

    private synchronized PostgresVersion ofPrograms(Programs programs) {
        Path program = programs.file("postgres")
                .orElseThrow(() -> new UnsupportedVersionException(
                        programs.complaint().orElse("the program postgres is missing")));
        try {
            FileTime modified = Files.getLastModifiedTime(program);
            Binary known = binary;
            if (known != null
                    && known.program().equals(program)
                    && known.modified().equals(modified)) {
                return known.version();
            }
            CommandOutcome outcome = runner.run(Command.of(program.toString(), "--version"), TIMEOUT);
            if (!outcome.successful()) {
                throw new UnsupportedVersionException(program + " --version: " + outcome.complaint());
            }
            PostgresVersion version = PostgresVersion.parseProgramOutput(outcome.output());
            binary = new Binary(program, modified, version);
            return version;
        } catch (IOException e) {
            throw new UnsupportedVersionException("cannot look at " + program + ": " + e.getMessage());
        }
    }

    private record Binary(Path program, FileTime modified, PostgresVersion version) {}
}
