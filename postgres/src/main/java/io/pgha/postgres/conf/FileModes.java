package io.pgha.postgres.conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Permissions of generated files (facts §6.4): inside the data directory they follow it, 0600 or 0640; outside they
 * stay as they are, and a new file gets what the umask allows.
 */
final class FileModes {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> GROUP = PosixFilePermissions.fromString("rw-r-----");
    private static final Set<PosixFilePermission> EVERYBODY = PosixFilePermissions.fromString("rw-r--r--");

    private final Path dataDir;

    FileModes(Path dataDir) {
        this.dataDir = dataDir;
    }

    Set<PosixFilePermission> of(Path file) throws IOException {
        if (file.toAbsolutePath()
                .normalize()
                .startsWith(dataDir.toAbsolutePath().normalize())) {
            return inside();
        }
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                : allowedByUmask();
    }

    Set<PosixFilePermission> inside() throws IOException {
        Set<PosixFilePermission> folder = Files.getPosixFilePermissions(dataDir);
        return folder.contains(PosixFilePermission.GROUP_READ) ? GROUP : PRIVATE;
    }

    /** Java does not tell the umask, Linux does. */
    private static Set<PosixFilePermission> allowedByUmask() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return PRIVATE;
        }
        int umask = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("Umask:"))
                .map(line -> Integer.parseInt(line.substring(6).strip(), 8))
                .findFirst()
                .orElse(077);
        Set<PosixFilePermission> allowed = EnumSet.copyOf(EVERYBODY);
        if ((umask & 040) != 0) {
            allowed.remove(PosixFilePermission.GROUP_READ);
        }
        if ((umask & 04) != 0) {
            allowed.remove(PosixFilePermission.OTHERS_READ);
        }
        return allowed;
    }
}
