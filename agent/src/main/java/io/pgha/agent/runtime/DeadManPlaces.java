package io.pgha.agent.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the dead-man's program and its lock file are. */
final class DeadManPlaces {
    private static final String PROGRAM = "pgha-deadman";

    private DeadManPlaces() {}

    /**
     * The program: environment {@code PGHA_DEADMAN}, else {@code libexec} below the installation.
     *
     * @param home the installation, as the launcher says; empty text: not known
     */
    static Optional<Path> program(Map<String, String> environment, String home) {
        String named = environment.getOrDefault("PGHA_DEADMAN", "");
        List<Path> places = named.isEmpty()
                ? home.isEmpty() ? List.of() : List.of(Path.of(home, "libexec", PROGRAM))
                : List.of(Path.of(named));
        return places.stream()
                .map(Path::toAbsolutePath)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The lock file: in systemd's runtime directory, in {@code /run/pgha}, or beside the data directory. */
    static Path lockFile(Map<String, String> environment, Path dataDir, String scope, String name) {
        String file = PercentEncoding.ofName(scope) + "-" + PercentEncoding.ofName(name) + ".deadman";
        // systemd separates several by colons.
        String runtime = environment.getOrDefault("RUNTIME_DIRECTORY", "").split(":", 2)[0];
        Path parent = dataDir.toAbsolutePath().getParent();
        Path beside = parent == null ? Path.of("/tmp") : parent;
        return List.of(Path.of(runtime.isEmpty() ? "/run/pgha" : runtime), Path.of("/run/pgha"), beside).stream()
                .filter(folder -> Files.isDirectory(folder) && Files.isWritable(folder))
                .findFirst()
                .orElse(beside)
                .resolve(file);
    }
}
