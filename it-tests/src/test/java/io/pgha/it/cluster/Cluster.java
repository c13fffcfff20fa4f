package io.pgha.it.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An etcd and nodes around it. Nothing of it is left after {@link #close()}, whatever happened before. */
public final class Cluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String scope;
    private final Path folder;
    private final Path logs;
    private final Software software;
    private final Timing timing;
    private final Etcd etcd;
    private final List<Node> nodes;
    private final List<AutoCloseable> companions = new ArrayList<>();
    private final Thread cleanup = new Thread(this::end, "cluster-cleanup");

    private Cluster(String title, Software software, Timing timing, int size) {
        this.scope = title.substring(title.indexOf('/') + 1) + "-"
                + ProcessHandle.current().pid();
        this.software = software;
        this.timing = timing;
        this.folder = Machine.scratch();
        this.logs = Machine.sources().resolve("it-tests/target/cluster-logs").resolve(title);
        remove(logs);
        Runtime.getRuntime().addShutdownHook(cleanup);
        this.etcd = Etcd.start(folder.resolve("etcd"), logs.resolve("etcd.log"));
        this.nodes = IntStream.rangeClosed(1, size)
                .mapToObj(number -> node("node" + number))
                .toList();
    }

    /**
     * Starts etcd and prepares nodes; starts no agent.
     *
     * @param title names the folder of its logs, below it-tests/target/cluster-logs
     */
    public static Cluster prepare(String title, Software software, Timing timing, int size) {
        return new Cluster(title, software, timing, size);
    }

    /** Starts everything and waits for one primary with all others streaming from it. */
    public static Cluster start(String title, Software software, Timing timing, int size) {
        Cluster cluster = prepare(title, software, timing, size);
        try {
            cluster.nodes.forEach(Node::start);
            cluster.awaitHealthy();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** A further node, prepared and not started. */
    public Node node(String name) {
        return new Node(configOf(name), software, logs.resolve(name + ".log"));
    }

    private NodeConfig configOf(String name) {
        return new NodeConfig(
                scope,
                name,
                etcd.port(),
                Ports.free(),
                Ports.free(),
                folder.resolve(name),
                timing,
                NodeConfig.PASSWORD,
                NodeConfig.PASSWORD);
    }

    public String scope() {
        return scope;
    }

    public Path folder() {
        return folder;
    }

    public Path logs() {
        return logs;
    }

    public Timing timing() {
        return timing;
    }

    public Etcd etcd() {
        return etcd;
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** Starts HAProxy before the nodes. */
    public HaProxy haproxy() {
        HaProxy haproxy = HaProxy.start(folder, logs.resolve("haproxy.log"), nodes);
        companions.add(haproxy);
        return haproxy;
    }

    /** For clients that find the primary themselves. */
    public String primaryUrl() {
        return Jdbc.url(nodes.stream().map(node -> node.config().sqlPort()).toList(), "primary");
    }

    /** Changes the dynamic configuration, and waits until all leases are of that length. */
    public void changeTtl(int seconds) {
        String key = "/service/" + scope + "/config";
        etcd.put(key, etcd.get(key).replaceFirst("\"ttl\": *\\d+", "\"ttl\":" + seconds));
        Await.until(
                () -> "leases of " + seconds + " s; there are " + etcd.leases(),
                PATIENCE,
                () -> etcd.leases().stream().allMatch(length -> length == seconds));
    }

    /** Runs hactl (or patronictl) with node1's configuration. */
    public String ctl(String... arguments) {
        List<String> command = new ArrayList<>(software.ctl(nodes.get(0).configurationFile()));
        command.addAll(List.of(arguments));
        return Daemon.run(Machine.asOwner(command));
    }

    // --- waiting

    /** The node that says it is primary, if one does. */
    public Optional<Node> findPrimary() {
        return nodes.stream().filter(Node::isPrimary).findFirst();
    }

    /** Waits for a primary. */
    public Node awaitPrimary() {
        Await.until(
                () -> "there is a primary\n" + describe(),
                PATIENCE,
                () -> findPrimary().isPresent());
        return findPrimary().orElseGet(this::awaitPrimary);
    }

    /** Waits for a primary other than this one. */
    public Node awaitPrimaryOtherThan(Node old) {
        Await.until(
                () -> "another node than " + old.name() + " is primary\n" + describe(),
                PATIENCE,
                () -> findPrimary().filter(node -> node != old).isPresent());
        return awaitPrimary();
    }

    /** Waits for one primary, with all other nodes streaming from it. Starts agents that are not running. */
    public Node awaitHealthy() {
        nodes.stream().filter(node -> !node.isRunning()).forEach(Node::start);
        Await.until(() -> "one primary, all others streaming\n" + describe(), PATIENCE, this::isHealthy);
        return awaitPrimary();
    }

    /** Whether there is one primary, with all other nodes streaming from it. */
    public boolean isHealthy() {
        return findPrimary()
                .filter(primary -> nodes.stream().allMatch(node -> node == primary || node.isReplica()))
                .flatMap(primary -> primary.query("select count(*) from pg_stat_replication where state = 'streaming'"))
                .filter(count -> Integer.parseInt(count) >= nodes.size() - 1)
                .isPresent();
    }

    /** Waits until all nodes have replayed what the primary has written up to now. */
    public void awaitCaughtUp() {
        Node primary = awaitHealthy();
        String lsn = primary.query("select pg_current_wal_lsn()").orElseThrow();
        for (Node node : nodes) {
            Await.until(
                    () -> node.name() + " has replayed " + lsn + "\n" + describe(),
                    PATIENCE,
                    () -> node == primary
                            || node.query("select pg_last_wal_replay_lsn() >= '" + lsn + "'")
                                    .filter("t"::equals)
                                    .isPresent());
        }
    }

    private String describe() {
        return nodes.stream()
                .map(node -> "--- " + node.name() + (node.isRunning() ? "" : " (not running)") + ": "
                        + node.rest("/patroni").body() + "\n" + node.lastLines(8))
                .collect(Collectors.joining("\n"));
    }

    // --- the end

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(cleanup);
    }

    private void end() {
        for (AutoCloseable companion : companions) {
            try {
                companion.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot end " + companion, e);
            }
        }
        nodes.forEach(Node::lose);
        etcd.stop();
        remove(folder);
    }

    /** Deletes a folder with all that is in it. */
    static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // A server's last file may appear while we look; what is left lies below /var/tmp.
            System.err.println("cannot remove all of " + folder + ": " + e.getMessage());
        }
    }
}
