package io.pgha.postgres.copy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The links by which a data directory reaches beyond itself. PostgreSQL knows two kinds; other links are not followed.
 *
 * @param link where it stands in the data directory
 * @param target where it leads, an existing directory
 */
record DataLinks(Path link, Path target) {
    /** {@code pg_wal}, when it is a link. */
    static List<DataLinks> wal(Path dataDirectory) throws IOException {
        return linked(dataDirectory.resolve("pg_wal"));
    }

    /** The tablespaces. */
    static List<DataLinks> tablespaces(Path dataDirectory) throws IOException {
        Path folder = dataDirectory.resolve("pg_tblspc");
        List<DataLinks> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    found.addAll(linked(entry));
                }
            }
        }
        return found;
    }

    private static List<DataLinks> linked(Path entry) throws IOException {
        return Files.isSymbolicLink(entry) && Files.isDirectory(entry)
                ? List.of(new DataLinks(entry, entry.toRealPath()))
                : List.of();
    }
}
