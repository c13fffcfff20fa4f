package io.pgha.config.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's programs on this machine.
 *
 * @param directory where they are; empty: somewhere on the search path
 * @param names other names of programs, by their usual names
 * @param searchPath directories that are searched without a directory, separated by colons
 */
public record Programs(Optional<Path> directory, Map<String, String> names, String searchPath) {

    private static final List<String> REQUIRED =
            List.of("pg_ctl", "initdb", "pg_controldata", "pg_basebackup", "postgres", "pg_isready");
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)(?:\\.(\\d+))?");
    private static final int TIMEOUT_SECONDS = 5;

    /** The required programs that are not there, under the names they are looked for. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (String tool : REQUIRED) {
            if (find(tool).isEmpty()) {
                missing.add(names.getOrDefault(tool, tool));
            }
        }
        return missing;
    }

    /** What {@code postgres --version} says, as PG_VERSION writes it; empty where it cannot be asked. */
    public Optional<String> majorVersion() {
        return find("postgres").flatMap(Programs::ask);
    }

    private static Optional<String> ask(Path postgres) {
        try {
            Process process = new ProcessBuilder(postgres.toString(), "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher matcher = VERSION.matcher(output);
            if (!matcher.find()) {
                return Optional.empty();
            }
            int major = Integer.parseInt(matcher.group(1));
            return Optional.of(major >= 10 ? matcher.group(1) : matcher.group(1) + "." + matcher.group(2));
        } catch (IOException e) {
            return Optional.empty(); // not executable: the check for the programs has said so
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<Path> find(String tool) {
        String name = names.getOrDefault(tool, tool);
        if (directory.isPresent()) {
            return Optional.of(directory.get().resolve(name)).filter(Files::isExecutable);
        }
        for (String candidate : searchPath.split(":", -1)) {
            Path file = Path.of(candidate.isEmpty() ? "." : candidate, name);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
