package io.pgha.postgres.local;

import io.pgha.core.model.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands at the data directory's place. A copy that an agent began and did not finish is marked by a file beside
 * it: without that mark a directory with files but no control file is somebody else's, and nobody touches it.
 */
final class DataFolder {
    private static final int SHOWN = 3;
    private static final String UNFINISHED = ".pgha-unfinished";
    private static final String REPLACED = ".pgha-replaced";
    private static final String REWINDING = ".pgha-rewinding";

    private final Path path;
    private final Path otherPlace;

    /**
     * The folder at that path.
     *
     * @param otherPlace where marks go when the parent folder is not ours to write to, as with a mount point
     */
    DataFolder(Path path, Path otherPlace) {
        this.path = path;
        this.otherPlace = otherPlace;
    }

    /**
     * @param kind what it is
     * @param complaint why nothing may be done with it, one sentence with a remedy
     */
    record Finding(DataDirectory kind, Optional<String> complaint) {
        private static Finding of(DataDirectory kind) {
            return new Finding(kind, Optional.empty());
        }

        private static Finding inaccessible(String complaint) {
            return new Finding(DataDirectory.INACCESSIBLE, Optional.of(complaint));
        }
    }

    /** Looks now. */
    Finding inspect() {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Finding.of(DataDirectory.EMPTY);
        }
        if (!Files.isDirectory(path)) {
            return Finding.inaccessible(path + " is not a directory: correct postgresql.data_dir");
        }
        if (isHalfRewound()) {
            return new Finding(
                    DataDirectory.HALF_REWOUND,
                    Optional.of("pg_rewind was broken off in " + path
                            + ": it is not started any more, and set aside when a new copy is made"));
        }
        if (isUnfinished()) {
            // Of no use to anybody: a new copy may take its place.
            return Finding.of(DataDirectory.EMPTY);
        }
        if (Files.exists(path.resolve("global").resolve("pg_control"))) {
            return Files.isReadable(path.resolve("PG_VERSION"))
                    ? Finding.of(DataDirectory.PRESENT)
                    : Finding.inaccessible(path + " has no readable PG_VERSION: restore it, or its permissions");
        }
        return inspectWithoutControlFile();
    }

    private Finding inspectWithoutControlFile() {
        try (Stream<Path> entries = Files.list(path)) {
            String foreign = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.equals("lost+found"))
                    .sorted()
                    .limit(SHOWN + 1L)
                    .collect(Collectors.joining(", "));
            return foreign.isEmpty()
                    ? Finding.of(DataDirectory.EMPTY)
                    : Finding.inaccessible(
                            "the data directory " + path + " holds files (" + foreign
                                    + ") but no global/pg_control: nothing is touched; empty it, or correct postgresql.data_dir");
        } catch (IOException e) {
            return Finding.inaccessible("the data directory " + path + " cannot be read (" + e.getMessage()
                    + "): it must belong to the user that pgha runs as");
        }
    }

    /** Marks what is going to be made here as unfinished; call it only while the directory is empty. */
    void begin() throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(
                markToWrite(UNFINISHED),
                "pgha makes a data directory in " + path + "; while this file is there it is unfinished\n");
    }

    /** What was made is complete now. */
    void complete() throws IOException {
        removeMarks(UNFINISHED);
    }

    /** Whether an attempt was broken off. */
    boolean isUnfinished() {
        return isMarked(UNFINISHED);
    }

    /** Marks the directory as being rewound: half rewound it must never be started (pg_rewind's manual). */
    void beginRewind() throws IOException {
        Files.writeString(
                markToWrite(REWINDING), "pgha rewinds " + path + "; while this file is there it must not be started\n");
    }

    /** The directory is whole again: the rewind is done, or it changed nothing. */
    void completeRewind() throws IOException {
        removeMarks(REWINDING);
    }

    /** Whether a rewind was broken off after it had begun to change files. */
    boolean isHalfRewound() {
        return isMarked(REWINDING);
    }

    /** Notes where the data is kept that a new copy replaces. */
    synchronized void replacedBy(Path aside) throws IOException {
        List<String> lines = new ArrayList<>(replaced());
        lines.add(aside.toString());
        Files.write(markToWrite(REPLACED), lines);
    }

    /** Where data is kept that was replaced, oldest first. */
    synchronized List<String> replaced() throws IOException {
        for (Path mark : List.of(beside(REPLACED), elsewhere(REPLACED))) {
            if (Files.exists(mark)) {
                return Files.readAllLines(mark).stream()
                        .filter(line -> !line.isBlank())
                        .toList();
            }
        }
        return List.of();
    }

    /** It is back, or gone. */
    synchronized void forgetReplaced(String aside) throws IOException {
        List<String> lines = new ArrayList<>(replaced());
        lines.remove(aside);
        if (lines.isEmpty()) {
            removeMarks(REPLACED);
        } else {
            Files.write(markToWrite(REPLACED), lines);
        }
    }

    private Path beside(String kind) {
        return path.toAbsolutePath().resolveSibling("." + path.getFileName() + kind);
    }

    private Path elsewhere(String kind) {
        return otherPlace.resolve(path.toAbsolutePath().toString().replace('/', '_') + kind);
    }

    private Path markToWrite(String kind) {
        Path parent = path.toAbsolutePath().getParent();
        return parent != null && Files.isWritable(parent) ? beside(kind) : elsewhere(kind);
    }

    private boolean isMarked(String kind) {
        return Files.exists(beside(kind)) || Files.exists(elsewhere(kind));
    }

    private void removeMarks(String kind) throws IOException {
        Files.deleteIfExists(beside(kind));
        Files.deleteIfExists(elsewhere(kind));
    }
}
