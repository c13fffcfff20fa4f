package io.pgha.dcs.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real etcd on a free port of 127.0.0.1 with a folder of its own, for tests. Close it, whatever happens.
 *
 * <p>It can be killed and started again on the same data, and frozen and thawed.
 */
public final class EtcdProcess implements AutoCloseable {
    private static final Path ETCD = Path.of("/usr/bin/etcd");
    private static final Path ETCDCTL = Path.of("/usr/bin/etcdctl");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final String name;
    private final int clientPort = freePort();
    private final int peerPort = freePort();
    private final String scheme;
    private List<String> moreArguments = List.of();
    private Process process;

    private EtcdProcess(String name, String scheme) {
        this.name = name;
        this.scheme = scheme;
        try {
            folder = Files.createTempDirectory("pgha-etcd-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether etcd and etcdctl are on this machine. */
    public static boolean isInstalled() {
        return Files.isExecutable(ETCD) && Files.isExecutable(ETCDCTL);
    }

    /** Starts one and waits until it answers. */
    public static EtcdProcess start(String... moreArguments) {
        return start("http", moreArguments);
    }

    /** Starts one that speaks {@code https}; the arguments must name its certificate. */
    public static EtcdProcess startWithTls(String... moreArguments) {
        return start("https", moreArguments);
    }

    /** Starts several that are members of one etcd, and waits until all of them answer. */
    public static List<EtcdProcess> cluster(int size) {
        List<EtcdProcess> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(new EtcdProcess("etcd" + i, "http"));
        }
        String all = members.stream().map(EtcdProcess::asPeer).collect(Collectors.joining(","));
        for (EtcdProcess member : members) {
            member.moreArguments = List.of("--initial-cluster=" + all);
            member.process = member.launch();
        }
        members.forEach(EtcdProcess::awaitHealth);
        return members;
    }

    private static EtcdProcess start(String scheme, String... moreArguments) {
        EtcdProcess etcd = new EtcdProcess("etcd0", scheme);
        etcd.moreArguments = new ArrayList<>(List.of(moreArguments));
        etcd.moreArguments.add("--initial-cluster=" + etcd.asPeer());
        etcd.process = etcd.launch();
        etcd.awaitHealth();
        return etcd;
    }

    private String asPeer() {
        return name + "=http://127.0.0.1:" + peerPort;
    }

    /** {@code http://127.0.0.1:port}, or with https. */
    public URI url() {
        return URI.create(scheme + "://127.0.0.1:" + clientPort);
    }

    /** Where the other members find it. */
    public URI peerUrl() {
        return URI.create("http://127.0.0.1:" + peerPort);
    }

    public int port() {
        return clientPort;
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it with SIGKILL and waits for that. */
    public void kill() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again on its data, after {@link #kill}. */
    public void restart() {
        process = launch();
        awaitHealth();
    }

    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** Runs etcdctl against it and gives its output. */
    public String ctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of(ETCDCTL.toString(), "--endpoints=" + url()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> assertThat(file.toFile().delete()).isTrue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that nobody listens on at the moment. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        String peer = "http://127.0.0.1:" + peerPort;
        List<String> command = new ArrayList<>(List.of(
                ETCD.toString(),
                "--name=" + name,
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + url(),
                "--advertise-client-urls=" + url(),
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--heartbeat-interval=50",
                "--election-timeout=250"));
        command.addAll(moreArguments);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("etcd.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitHealth() {
        Awaitility.await("etcd on port " + clientPort + " answers")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(this::isHealthy);
    }

    private boolean isHealthy() {
        if (scheme.equals("https")) {
            return logSays("ready to serve client requests");
        }
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) url().resolve("/health").toURL().openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(500);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    private boolean logSays(String text) {
        try {
            return Files.readString(folder.resolve("etcd.log"), StandardCharsets.UTF_8)
                    .contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private void signal(String name) {
        run(List.of("/bin/kill", "-" + name, Long.toString(process.pid())));
    }

    private static String run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("ETCDCTL_API", "3");
            Process started = builder.start();
            String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(started.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(started.exitValue()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
