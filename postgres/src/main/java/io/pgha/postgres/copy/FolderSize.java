package io.pgha.postgres.copy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** How many bytes the files in a folder have; links are not followed. */
public final class FolderSize {
    private FolderSize() {}

    /** Counts; files that vanish meanwhile count nothing. */
    public static long of(Path folder) throws IOException {
        long[] sum = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException trouble) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }
}
