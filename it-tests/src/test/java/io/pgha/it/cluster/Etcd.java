package io.pgha.it.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One etcd on loopback. Can be stopped, frozen and started again with what it knew. */
public final class Etcd {
    private final Path folder;
    private final Path log;
    private final int port;
    private final int peerPort;
    private Daemon daemon;

    private Etcd(Path folder, Path log, int port, int peerPort) {
        this.folder = folder;
        this.log = log;
        this.port = port;
        this.peerPort = peerPort;
        this.daemon = launch();
    }

    /** Starts one and waits until it answers. */
    public static Etcd start(Path folder, Path log) {
        return start(folder, log, Ports.free());
    }

    /** The same on a port that was chosen before. */
    public static Etcd start(Path folder, Path log, int port) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new IllegalStateException("cannot make " + folder + ": " + e.getMessage(), e);
        }
        Machine.giveToOwner(folder);
        Etcd etcd = new Etcd(folder, log, port, Ports.free());
        etcd.awaitHealthy();
        return etcd;
    }

    private Daemon launch() {
        String peers = "http://127.0.0.1:" + peerPort;
        return Daemon.start(
                "etcd",
                List.of(
                        Machine.program("etcd").orElseThrow().toString(),
                        "--name=it",
                        "--data-dir=" + folder,
                        "--unsafe-no-fsync",
                        "--logger=zap",
                        "--log-level=warn",
                        "--listen-client-urls=" + url(),
                        "--advertise-client-urls=" + url(),
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=it=" + peers),
                Map.of(),
                folder,
                log);
    }

    private String url() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public void awaitHealthy() {
        Await.until(
                () -> "etcd answers; it said: " + daemon.output(),
                Duration.ofSeconds(20),
                () -> Http.get(port, "/health").body().contains("true"));
    }

    public void stop() {
        daemon.stop(Duration.ofSeconds(3));
    }

    /** SIGSTOP: connections stay open, and nothing answers on them. */
    public void freeze() {
        daemon.freeze();
    }

    /** Starts it if it does not run, thaws it if it is frozen, and waits until it answers. */
    public void startAgain() {
        if (daemon.isAlive()) {
            daemon.thaw();
        } else {
            daemon = launch();
        }
        awaitHealthy();
    }

    /** Sets a key, as somebody else would. */
    public void put(String key, String value) {
        etcdctl("put", key, value);
    }

    /** The value of a key; empty text when there is none. */
    public String get(String key) {
        return etcdctl("get", "--print-value-only", key).strip();
    }

    /** The lengths, in seconds, of all leases that hold a key. */
    public List<Integer> leases() {
        Pattern granted = Pattern.compile("granted with TTL\\((\\d+)s\\).*keys\\(\\[.+]\\)");
        return etcdctl("lease", "list")
                .lines()
                .skip(1)
                .map(lease -> granted.matcher(etcdctl("lease", "timetolive", "--keys", lease.strip())))
                .filter(Matcher::find)
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    /** Deletes everything below a prefix. */
    public void deletePrefix(String prefix) {
        etcdctl("del", "--prefix", prefix);
    }

    private String etcdctl(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Machine.program("etcdctl").orElseThrow().toString(), "--endpoints=127.0.0.1:" + port));
        command.addAll(List.of(arguments));
        return Daemon.run(command, Map.of("ETCDCTL_API", "3"));
    }

    /** Requests handled since its start, of clients, all kinds of calls. */
    public long requests() {
        return Http.get(port, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("grpc_server_handled_total") && !line.contains("Health"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
