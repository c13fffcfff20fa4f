package io.pgha.agent.runtime;

import io.pgha.config.LocalConfig;
import io.pgha.config.PostgresqlConfig;
import io.pgha.config.machine.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What has to be right before an agent touches anything. Each refusal is one sentence with its remedy. */
final class StartChecks {
    /** Major version that is assumed where an old server's PG_VERSION reads like {@code 9.6}. */
    private static final int OLDEST = 11;

    private StartChecks() {}

    /** Why this user must not run an agent: PostgreSQL refuses to run as root. */
    static Optional<String> user() {
        try {
            boolean root = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("Uid:"))
                    .anyMatch(line -> line.split("\\s+", -1)[2].equals("0"));
            return root
                    ? Optional.of(
                            "pgha must not run as root, because PostgreSQL refuses to: run it as the owner of the data"
                                    + " directory, for example: runuser -u postgres -- pgha CONFIG")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no /proc: PostgreSQL itself refuses root in that case
        }
    }

    /** PostgreSQL's version, or what is wrong with its programs or the data directory. */
    record ServerVersion(int major, Optional<String> refusal) {}

    /** Looks at the programs, and whether the data directory is of their version. */
    static ServerVersion server(LocalConfig config, Map<String, String> environment) {
        PostgresqlConfig.Files files = config.postgresql().files();
        Programs programs =
                new Programs(files.binDir(), files.binNames(), environment.getOrDefault("PATH", "/usr/bin:/bin"));
        String where = files.binDir().map(folder -> "in " + folder).orElse("on PATH");
        if (!programs.missing().isEmpty()) {
            return refused("postgresql.bin_dir: " + String.join(", ", programs.missing()) + " not found " + where
                    + ": install PostgreSQL's server and client programs, or correct bin_dir");
        }
        Optional<String> installed = programs.majorVersion();
        if (installed.isEmpty()) {
            return refused("postgresql.bin_dir: \"postgres --version\" " + where
                    + " gives no version: are the programs of" + " this machine's kind?");
        }
        Optional<String> ofData = dataVersion(files.dataDir());
        if (ofData.isPresent() && !ofData.equals(installed)) {
            return refused("postgresql.data_dir: " + files.dataDir() + " holds data of PostgreSQL " + ofData.get()
                    + ", but the programs " + where + " are of version " + installed.get()
                    + ": correct bin_dir or data_dir");
        }
        return new ServerVersion(major(installed.get()), Optional.empty());
    }

    private static ServerVersion refused(String why) {
        return new ServerVersion(0, Optional.of(why));
    }

    private static Optional<String> dataVersion(Path dataDir) {
        try {
            Path file = dataDir.resolve("PG_VERSION");
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file).trim())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the loop says that the data directory cannot be read
        }
    }

    private static int major(String version) {
        try {
            return Integer.parseInt(version);
        } catch (NumberFormatException e) {
            return OLDEST;
        }
    }
}
