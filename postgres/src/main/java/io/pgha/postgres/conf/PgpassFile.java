package io.pgha.postgres.conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The password file on disk. It is created with mode 0600 and renamed into place, so that no other user can read it at
 * any moment, and nothing is ever written through a link that somebody put there.
 */
public final class PgpassFile {
    private PgpassFile() {}

    /**
     * Replaces the file, creating its folder where it is missing.
     *
     * @param text from {@link Pgpass#text}
     * @throws IOException when it cannot be written, or when it exists and is not an ordinary file
     */
    public static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        AtomicFile.write(file, text, PosixFilePermissions.fromString("rw-------"));
    }

    /** Its content; empty when there is no ordinary file. */
    public static Optional<String> read(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(Files.readString(file))
                : Optional.empty();
    }
}
