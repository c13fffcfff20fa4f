package io.pgha.it.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine has: programs, and the user who runs PostgreSQL. */
public final class Machine {
    private static final Path CHECKOUT = checkout();

    private Machine() {}

    /** Whether we are root: PostgreSQL and the agents then run as the user postgres. */
    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** A command, run by the one who may run PostgreSQL. Keeps its pid: setpriv becomes the command. */
    public static List<String> asOwner(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        List<String> whole =
                new ArrayList<>(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        whole.addAll(command);
        return whole;
    }

    /** Gives a file or folder, and what is in it, to the one who runs PostgreSQL. */
    public static void giveToOwner(Path path) {
        if (isRoot()) {
            Daemon.run(List.of("chown", "-R", "postgres:", path.toString()));
        }
    }

    /** A new folder into which everybody may look. */
    public static Path scratch() {
        try {
            Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "pgha-it-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException("no folder below /var/tmp: " + e.getMessage(), e);
        }
    }

    /** The programs of the newest PostgreSQL here, or those that {@code -Dpgha.test.binDir} names; empty when there is none. */
    public static Optional<Path> postgresBin() {
        String named = System.getProperty("pgha.test.binDir", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return program("postgres").map(Path::getParent);
        }
        try (Stream<Path> folders = Files.list(versions)) {
            return folders.map(folder -> folder.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.comparingDouble(bin ->
                            Double.parseDouble(bin.getParent().getFileName().toString())));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + versions + ": " + e.getMessage(), e);
        }
    }

    /** The major version of {@link #postgresBin}, 15 for example; there must be one. */
    public static int postgresMajor() {
        String program = postgresBin().orElseThrow().resolve("postgres").toString();
        String said = Daemon.run(List.of(program, "--version"));
        return Integer.parseInt(said.replaceFirst("(?s).*PostgreSQL\\) (\\d+).*", "$1"));
    }

    /** A program on the PATH or among the administrator's. */
    public static Optional<Path> program(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
        return Stream.of(path.split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What is missing of the programs that a cluster needs; empty text when all are here. */
    public static String missing() {
        List<String> missing = new ArrayList<>();
        if (postgresBin().isEmpty()) {
            missing.add("PostgreSQL");
        }
        for (String name : List.of("etcd", "haproxy", "setpriv")) {
            if (program(name).isEmpty()) {
                missing.add(name);
            }
        }
        return String.join(", ", missing);
    }

    /** The root of the source tree. */
    public static Path sources() {
        return CHECKOUT;
    }

    private static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("it-tests/pom.xml"))) {
            folder = Optional.ofNullable(folder.getParent())
                    .orElseThrow(() -> new IllegalStateException(
                            "not below a checkout: " + Path.of("").toAbsolutePath()));
        }
        return folder;
    }
}
