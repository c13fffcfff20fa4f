package io.pgha.postgres.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A secret for one child process: a file that only PostgreSQL's user can read, from its first moment on, and that is
 * gone when the child has ended. Arguments and environments can be read by others. What a process that was killed left
 * behind goes with the next file that is made: the names tell whose they are.
 */
public final class SecretFile implements AutoCloseable {
    private final Path path;

    private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));
    private static final Pattern NAME = Pattern.compile("pgha-(\\d+)-\\d+");

    private SecretFile(Path path) {
        this.path = path;
    }

    /** Writes a file with this content. */
    public static SecretFile of(String content, ServerAccount account) throws IOException {
        removeAbandoned();
        Path path = Files.createTempFile(
                FOLDER,
                "pgha-" + ProcessHandle.current().pid() + "-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(path, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
            account.handOver(path);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
        return new SecretFile(path);
    }

    private static void removeAbandoned() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : (Iterable<Path>) files.filter(SecretFile::isAbandoned)::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Whether the process that made it is gone, and it may be removed: the folder is everybody's. */
    private static boolean isAbandoned(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.isWritable(file)
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
