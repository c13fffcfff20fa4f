package io.pgha.config.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether files with passwords are open to everybody. */
public final class FilePermissions {

    private FilePermissions() {}

    /**
     * A warning if others may read the file, or write to it.
     *
     * @param file one that holds secrets
     */
    public static List<Problem> check(Path file) {
        return permissions(file).map(permissions -> problems(file, permissions)).orElse(List.of());
    }

    private static List<Problem> problems(Path file, Set<PosixFilePermission> permissions) {
        Place place = Place.of(file.toString());
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            return List.of(Problem.warning(
                    place, KeyPath.ROOT, "may be changed by everybody on this machine", "", "chmod 0600 " + file));
        }
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            return List.of(Problem.warning(
                    place,
                    KeyPath.ROOT,
                    "holds passwords and may be read by everybody on this machine",
                    "",
                    "chmod 0600 " + file));
        }
        return List.of();
    }

    private static Optional<Set<PosixFilePermission>> permissions(Path file) {
        try {
            return Optional.of(Files.getPosixFilePermissions(file));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // the file is gone, or its file system knows no permissions: nothing to warn of
        }
    }
}
