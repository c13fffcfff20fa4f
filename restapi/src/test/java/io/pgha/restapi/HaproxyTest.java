package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HAProxy with the checks that our users' configurations contain. */
@Tag("real")
class HaproxyTest {
    /** Checks by name, and whether a primary passes. */
    private static final Map<String, Boolean> EXPECTED = Map.of(
            "bare", true,
            "master", true,
            "replica", false,
            "not_primary", false,
            "get11", true,
            "head10", true,
            "host11", true);

    private static final Map<String, List<String>> CHECKS = Map.of(
            "bare", List.of("option httpchk", "http-check expect status 200"),
            "master", List.of("option httpchk OPTIONS /master", "http-check expect status 200"),
            "replica", List.of("option httpchk OPTIONS /replica", "http-check expect status 200"),
            "not_primary", List.of("option httpchk", "http-check expect status 503"),
            "get11", List.of("option httpchk", "http-check send meth GET uri /primary ver HTTP/1.1"),
            "head10", List.of("option httpchk HEAD /primary"),
            "host11", List.of("option httpchk", "http-check send meth OPTIONS uri /primary ver HTTP/1.1 hdr Host pg"));

    @TempDir
    Path folder;

    @Test
    void haproxySeesWhoIsPrimary() throws Exception {
        Optional<Path> binary = Stream.of("/usr/sbin/haproxy", "/usr/bin/haproxy")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(binary.isPresent(), "haproxy is not installed");
        try (Server server = Server.start()) {
            Path config = Files.writeString(folder.resolve("haproxy.cfg"), config(server.port()));
            Process haproxy = new ProcessBuilder(binary.get().toString(), "-db", "-f", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("haproxy.log").toFile())
                    .start();
            try {
                await(EXPECTED);
                server.snapshot.set(Server.lead(Duration.ZERO));
                Map<String, Boolean> deposed = new LinkedHashMap<>();
                CHECKS.keySet().forEach(name -> deposed.put(name, name.equals("not_primary")));
                await(deposed);
            } finally {
                haproxy.destroy();
                assertThat(haproxy.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private void await(Map<String, Boolean> expected) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(status()).containsExactlyInAnyOrderEntriesOf(expected));
    }

    private String config(int rest) throws IOException {
        StringBuilder config = new StringBuilder("""
                global
                    stats socket %s/stats.sock
                defaults
                    mode tcp
                    timeout connect 4s
                    timeout client 30m
                    timeout server 30m
                    timeout check 5s
                """.formatted(folder));
        for (Map.Entry<String, List<String>> check : CHECKS.entrySet()) {
            config.append("listen ").append(check.getKey()).append('\n');
            config.append("    bind 127.0.0.1:").append(freePort()).append('\n');
            check.getValue().forEach(line -> config.append("    ").append(line).append('\n'));
            config.append("    default-server inter 200ms fall 2 rise 2\n");
            config.append("    server pg0 127.0.0.1:")
                    .append(rest)
                    .append(" check port ")
                    .append(rest)
                    .append("\n");
        }
        return config.toString();
    }

    /** By check: whether HAProxy sends clients to the server. */
    private Map<String, Boolean> status() throws IOException {
        Map<String, Boolean> status = new LinkedHashMap<>();
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(folder.resolve("stats.sock")));
            socket.write(ByteBuffer.wrap("show stat\n".getBytes(US_ASCII)));
            String csv = new String(Channels.newInputStream(socket).readAllBytes(), US_ASCII);
            csv.lines()
                    .map(line -> line.split(",", -1))
                    .filter(row -> row.length > 17)
                    .forEach(row -> {
                        // Rise and fall under way are "UP 1/2" and "DOWN 1/2".
                        if (row[1].equals("pg0") && (row[17].equals("UP") || row[17].equals("DOWN"))) {
                            status.put(row[0], row[17].equals("UP"));
                        }
                    });
        }
        return status;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
