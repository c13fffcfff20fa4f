package io.pgha.postgres.conf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a whole file or nothing: a temporary file beside it, forced to disk, renamed over it, and the folder forced to
 * disk. A reader sees the old text or the new one, also after a power failure.
 */
public final class AtomicFile {
    private static final Object ONE_WRITER = new Object();

    private AtomicFile() {}

    /**
     * Replaces the file. It never exists with other permissions than those given, not even for a moment.
     *
     * @throws IOException when it cannot be written, or when a symbolic link, folder or device stands in its place
     */
    public static void write(Path file, String text, Set<PosixFilePermission> permissions) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8), permissions);
    }

    /** The same for bytes. */
    public static void write(Path file, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "not an ordinary file: pgha does not write through links, folders or devices");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new FileSystemException(file.toString(), null, "not a file in a folder");
        }
        Path temporary = folder.resolve("." + file.getFileName() + ".pgha");
        synchronized (ONE_WRITER) {
            Files.deleteIfExists(temporary); // left by a run that was killed
            try {
                writeNew(temporary, content, permissions);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
        }
        force(folder);
    }

    /** Makes renames and removals in a folder survive a power failure. */
    public static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void writeNew(Path file, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(permissions))) {
            // The umask may have taken bits away.
            Files.setPosixFilePermissions(file, permissions);
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }
}
