package io.pgha.config.machine;

import io.pgha.config.source.KeyPath;
import io.pgha.config.source.Place;
import io.pgha.config.source.Problem;
import io.pgha.config.source.SourceTree;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks whether the machine fits a configuration (facts §2.13). What another machine would do better is a warning that
 * says "on this machine"; a port in use and a data directory that cannot be used are errors.
 */
public final class MachineChecks {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final SourceTree tree;
    private final Place whole;
    private final List<Problem> problems = new ArrayList<>();

    /** Checks for one configuration; {@code source} is its name in messages. */
    public MachineChecks(SourceTree tree, String source) {
        this.tree = tree;
        this.whole = Place.of(source);
    }

    /** What was found so far. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** An address the agent or PostgreSQL is to listen at: is it one of this machine's, and is the port free? */
    public void listens(KeyPath path, String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            boolean everywhere = host.isEmpty() || host.equals("*");
            InetAddress address = everywhere ? new InetSocketAddress(0).getAddress() : InetAddress.getByName(host);
            socket.bind(new InetSocketAddress(address, port));
        } catch (UnknownHostException e) {
            warning(path, "names the host \"" + host + "\", which is unknown on this machine", "");
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("in use")) {
                error(
                        path,
                        "port " + port + " is already in use",
                        "stop what listens there, take another port, or use --ignore-listen-port");
            } else {
                warning(path, "cannot be listened at on this machine: " + e.getMessage(), "");
            }
        } catch (IOException e) {
            warning(path, "cannot be listened at on this machine: " + e.getMessage(), "");
        }
    }

    /** The etcd servers: does at least one accept a connection? */
    public void reaches(KeyPath path, List<InetSocketAddress> servers) {
        List<String> failures = new ArrayList<>();
        for (InetSocketAddress server : servers) {
            try (Socket socket = new Socket()) {
                InetSocketAddress resolved = new InetSocketAddress(server.getHostString(), server.getPort());
                socket.connect(resolved, Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
                return;
            } catch (IOException e) {
                failures.add(server.getHostString() + ":" + server.getPort() + " (" + e.getMessage() + ")");
            }
        }
        if (!failures.isEmpty()) {
            warning(path, "cannot be reached from this machine: " + String.join(", ", failures), "is etcd running?");
        }
    }

    /** The programs: are they there? */
    public void programs(KeyPath path, Programs programs) {
        List<String> missing = programs.missing();
        if (!missing.isEmpty()) {
            String where =
                    programs.directory().map(directory -> "in " + directory).orElse("on the PATH");
            warning(
                    path,
                    "lacks programs on this machine: " + String.join(", ", missing) + " not found " + where,
                    "install PostgreSQL, or correct bin_dir");
        }
    }

    /** The data directory: absent, empty, or one of PostgreSQL of the version that is installed? */
    public void dataDirectory(KeyPath path, Path directory, Programs programs) {
        if (!Files.exists(directory)) {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null && !Files.exists(parent)) {
                warning(path, "does not exist on this machine, and neither does " + parent, "");
            }
            return;
        }
        if (!Files.isDirectory(directory)) {
            error(path, directory + " is not a directory", "name a directory that is empty or does not exist yet");
            return;
        }
        try {
            if (empty(directory)) {
                return;
            }
            Path version = directory.resolve("PG_VERSION");
            if (!Files.exists(version)) {
                error(
                        path,
                        directory + " is not empty and holds no PostgreSQL data (no PG_VERSION)",
                        "name an empty directory; nothing of yours is overwritten");
            } else if (!Files.exists(directory.resolve("global/pg_control"))) {
                error(path, directory + " holds incomplete PostgreSQL data (no global/pg_control)", "");
            } else {
                versionFits(path, Files.readString(version).trim(), programs);
            }
        } catch (IOException e) {
            warning(path, "cannot be looked into on this machine: " + e.getMessage(), "run this as its owner");
        }
    }

    private void versionFits(KeyPath path, String dataVersion, Programs programs) {
        Optional<String> installed = programs.majorVersion();
        if (installed.isPresent() && !installed.get().equals(dataVersion)) {
            error(
                    path,
                    "holds data of PostgreSQL " + dataVersion + ", but the programs are of version " + installed.get(),
                    "correct bin_dir or data_dir");
        }
    }

    // Dot files and lost+found do not count (facts §6.4).
    private static boolean empty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .allMatch(name -> name.startsWith(".") || name.equals("lost+found"));
        }
    }

    private void error(KeyPath path, String found, String remedy) {
        problems.add(Problem.error(tree.place(path, whole), path, found, "", remedy));
    }

    private void warning(KeyPath path, String found, String remedy) {
        problems.add(Problem.warning(tree.place(path, whole), path, found, "", remedy));
    }
}
