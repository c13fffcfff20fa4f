package io.pgha.postgres.process;

import io.pgha.postgres.PostgresSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where PostgreSQL's programs are.
 *
 * @param directory empty path: they are found through {@code PATH}
 * @param names other names, by usual name
 */
public record Programs(Path directory, Map<String, String> names) {
    private static final List<String> REQUIRED = List.of("postgres", "initdb", "pg_controldata", "pg_basebackup");

    /** The programs of a configuration ({@code bin_dir}, {@code bin_name}). */
    public static Programs of(PostgresSettings settings) {
        return new Programs(settings.binDir(), settings.programNames());
    }

    /** File name of a program, {@code postgres} for example. */
    public String name(String program) {
        return names.getOrDefault(program, program);
    }

    /** What to run for a program. */
    public String path(String program) {
        return directory.toString().isEmpty()
                ? name(program)
                : directory.resolve(name(program)).toString();
    }

    /** Whether it is there and may be run. */
    public boolean has(String program) {
        return file(program).isPresent();
    }

    /** Its file. */
    public Optional<Path> file(String program) {
        List<Path> directories = directory.toString().isEmpty()
                ? Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .filter(entry -> !entry.isEmpty())
                        .map(Path::of)
                        .toList()
                : List.of(directory);
        return directories.stream()
                .map(candidate -> candidate.resolve(name(program)))
                .filter(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate))
                .findFirst();
    }

    /** What an operator has to mend about them; empty when all required ones are there. */
    public Optional<String> complaint() {
        List<String> missing = REQUIRED.stream()
                .filter(program -> !has(program))
                .map(this::name)
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("PostgreSQL's programs " + String.join(", ", missing) + " are not in "
                        + (directory.toString().isEmpty() ? "PATH" : directory)
                        + ": install the server's package or correct postgresql.bin_dir");
    }
}
