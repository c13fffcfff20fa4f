package io.pgha.postgres.copy;

import io.pgha.postgres.process.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Renames a data directory, so that nothing is lost while a new copy takes its place. WAL and tablespaces behind links
 * are renamed with it, and its links are led there: the old directory stays whole and could be started.
 */
public final class Aside {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final int TRIES = 1000;

    private final ServerAccount account;

    public Aside(ServerAccount account) {
        this.account = account;
    }

    /** Renames to {@code <dir>.<time>}; returns the new name. */
    public Path byTime(Path dataDirectory) throws IOException {
        return rename(dataDirectory, LocalDateTime.now(ZoneId.systemDefault()).format(STAMP));
    }

    /** Renames to {@code <dir>.<suffix>}, or with a number behind it when that exists; returns the new name. */
    public Path rename(Path dataDirectory, String suffix) throws IOException {
        Path real = dataDirectory.toRealPath();
        Path target = free(real, suffix);
        String ending = target.getFileName()
                .toString()
                .substring(real.getFileName().toString().length());
        Files.move(real, target);
        for (DataLinks wal : DataLinks.wal(target)) {
            redirect(wal, ending);
        }
        for (DataLinks tablespace : DataLinks.tablespaces(target)) {
            redirect(tablespace, ending);
        }
        if (Files.isSymbolicLink(dataDirectory)) {
            replace(real);
        }
        return target;
    }

    /**
     * Undoes {@link #byTime}: renames it back, with the WAL and tablespaces behind its links.
     *
     * @param aside the new name that was given
     * @param dataDirectory the old one; has to be empty or missing
     */
    public void putBack(Path aside, Path dataDirectory) throws IOException {
        Path place = Files.exists(dataDirectory) ? dataDirectory.toRealPath() : dataDirectory.toAbsolutePath();
        for (DataLinks wal : DataLinks.wal(aside)) {
            leadBack(wal);
        }
        for (DataLinks tablespace : DataLinks.tablespaces(aside)) {
            leadBack(tablespace);
        }
        Files.deleteIfExists(place);
        Files.move(aside, place);
    }

    private static void leadBack(DataLinks link) throws IOException {
        String moved = link.target().getFileName().toString();
        String name = moved.replaceFirst("\\.\\d{8}-\\d{6}(-\\d+)?$", "");
        if (name.equals(moved)) {
            return;
        }
        Path before = link.target().resolveSibling(name);
        Files.deleteIfExists(before);
        Files.move(link.target(), before);
        Files.delete(link.link());
        Files.createSymbolicLink(link.link(), before);
    }

    private void redirect(DataLinks link, String ending) throws IOException {
        Path moved = free(link.target(), ending.substring(1));
        Files.move(link.target(), moved);
        Files.delete(link.link());
        Files.createSymbolicLink(link.link(), moved);
        replace(link.target());
    }

    /** An empty folder where the old one was, for links and copies that expect it there. */
    private void replace(Path folder) throws IOException {
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.handOver(folder);
    }

    private static Path free(Path path, String suffix) throws IOException {
        for (int number = 0; number < TRIES; number++) {
            Path candidate = path.resolveSibling(path.getFileName() + "." + suffix + (number == 0 ? "" : "-" + number));
            if (Files.notExists(candidate, LinkOption.NOFOLLOW_LINKS)) {
                return candidate;
            }
        }
        throw new IOException("there are " + TRIES + " folders " + path + "." + suffix + "-* already: remove some");
    }
}
