package io.pgha.it.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** HAProxy before a cluster: one port for the primary, one for the replicas. Asks as users' configurations do. */
public final class HaProxy implements AutoCloseable {
    private final Daemon daemon;
    private final int primaryPort;
    private final int replicaPort;

    private HaProxy(Daemon daemon, int primaryPort, int replicaPort) {
        this.daemon = daemon;
        this.primaryPort = primaryPort;
        this.replicaPort = replicaPort;
    }

    /** Starts one; checks every second. */
    public static HaProxy start(Path folder, Path log, List<Node> nodes) {
        int primaryPort = Ports.free();
        int replicaPort = Ports.free();
        Path file = folder.resolve("haproxy.cfg");
        try {
            Files.writeString(file, configuration(nodes, primaryPort, replicaPort));
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + file + ": " + e.getMessage(), e);
        }
        String program = Machine.program("haproxy").orElseThrow().toString();
        Daemon daemon = Daemon.start("haproxy", List.of(program, "-db", "-f", file.toString()), Map.of(), folder, log);
        return new HaProxy(daemon, primaryPort, replicaPort);
    }

    private static String configuration(List<Node> nodes, int primaryPort, int replicaPort) {
        return """
                defaults
                    mode tcp
                    retries 1
                    timeout connect 2s
                    timeout client 30m
                    timeout server 30m
                    timeout check 2s
                """ + listener("primary", primaryPort, nodes) + listener("replica", replicaPort, nodes);
    }

    private static String listener(String role, int port, List<Node> nodes) {
        return """
                listen %s
                    bind 127.0.0.1:%d
                    option httpchk OPTIONS /%s
                    http-check expect status 200
                    default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
                """.formatted(role, port, role)
                + nodes.stream()
                        .map(node -> "    server %s 127.0.0.1:%d check port %d\n"
                                .formatted(
                                        node.name(),
                                        node.config().sqlPort(),
                                        node.config().restPort()))
                        .collect(Collectors.joining());
    }

    /** Where clients that write connect. */
    public String primaryUrl() {
        return Jdbc.url(List.of(primaryPort), "any");
    }

    /** Where clients that only read connect. */
    public String replicaUrl() {
        return Jdbc.url(List.of(replicaPort), "any");
    }

    @Override
    public void close() {
        daemon.stop(Duration.ofSeconds(3));
    }
}
