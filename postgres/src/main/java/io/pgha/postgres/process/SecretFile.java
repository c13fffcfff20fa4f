package io.pgha.postgres.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A secret for one child process: a file that only PostgreSQL's user can read, from its first moment on, and that is
 * gone when the child has ended. Arguments and environments can be read by others.
 */
public final class SecretFile implements AutoCloseable {
    private final Path path;

    private SecretFile(Path path) {
        this.path = path;
    }

    /** Writes a file with this content. */
    public static SecretFile of(String content, ServerAccount account) throws IOException {
        Path path = Files.createTempFile(
                "pgha", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(path, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
            account.handOver(path);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
        return new SecretFile(path);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
