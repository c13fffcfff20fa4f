package io.pgha.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from the command line to a real etcd and back. */
@Tag("real")
class RealEtcdTest {
    private static final Sample SAMPLE = Sample.read("05-synchronous-mode");

    @TempDir
    Path folder;

    @Test
    void whatStandsInEtcdIsListed() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/etcd")), "etcd is not installed");
        int port = freePort();
        Process etcd = etcd(port);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> etcdctl(port, "get", "x") == 0);
            for (Map.Entry<String, String> key : SAMPLE.keys().entrySet()) {
                assertThat(etcdctl(port, "put", key.getKey(), key.getValue())).isZero();
            }
            for (String command : List.of("list", "topology", "history", "show-config")) {
                assertThat(Sample.steady(hactl(port, command))).as(command).isEqualTo(SAMPLE.output(command));
            }
            // On standard error, which this test does not tell from the rest, stands what Patroni does not say.
            assertThat(hactl(port, "list nosuch"))
                    .isEqualTo("there is no cluster nosuch: nothing of it stands in etcd\n"
                            + SAMPLE.output("list nosuch"));
        } finally {
            etcd.destroy();
            assertThat(etcd.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(hactl(port, "list")).startsWith("Error: etcd (http://127.0.0.1:" + port + ") cannot be read");
    }

    private String hactl(int port, String command) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        String line = "-d etcd://127.0.0.1:" + port + " " + command + (command.matches("list nosuch") ? "" : " demo");
        Hactl.run(
                new EtcdBackend(),
                Map.of("HOME", folder.toString()),
                new StringReader(""),
                writer,
                writer,
                line.split(" ", -1));
        return out.toString();
    }

    private Process etcd(int port) throws IOException {
        String client = "http://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + freePort();
        return new ProcessBuilder(
                        "/usr/bin/etcd",
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=default=" + peer)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("etcd.log").toFile())
                .start();
    }

    private int etcdctl(int port, String... arguments) throws IOException, InterruptedException {
        List<String> line = new java.util.ArrayList<>(List.of("/usr/bin/etcdctl", "--endpoints=127.0.0.1:" + port));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("etcdctl.log").toFile());
        builder.environment().put("ETCDCTL_API", "3");
        Process process = builder.start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
