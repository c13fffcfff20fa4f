package io.pgha.postgres.copy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Removes a data directory with the WAL and tablespaces that its links lead to, and nothing else: no other link is
 * followed, and of a tablespace's folder only PostgreSQL's own {@code PG_*} goes.
 */
public final class Removal {
    private Removal() {}

    /** Empties the directory; it and the places of its links stay, as they may be mount points. */
    public static void clear(Path dataDirectory) throws IOException {
        if (!Files.isDirectory(dataDirectory)) {
            return;
        }
        for (DataLinks wal : DataLinks.wal(dataDirectory)) {
            empty(wal.target());
        }
        for (DataLinks tablespace : DataLinks.tablespaces(dataDirectory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(tablespace.target(), "PG_*")) {
                for (Path entry : entries) {
                    delete(entry);
                }
            }
        }
        empty(dataDirectory.toRealPath());
    }

    private static void empty(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().equals("lost+found")) {
                    delete(entry);
                }
            }
        }
    }

    private static void delete(Path root) throws IOException {
        // walkFileTree follows no links unless told to: a link is deleted, not what it leads to.
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, java.io.IOException trouble) throws IOException {
                if (trouble != null) {
                    throw trouble;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
