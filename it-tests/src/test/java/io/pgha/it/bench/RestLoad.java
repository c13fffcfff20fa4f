package io.pgha.it.bench;

import io.pgha.it.cluster.Cluster;
import io.pgha.it.cluster.Daemon;
import io.pgha.it.cluster.Machine;
import io.pgha.it.cluster.Node;
import io.pgha.it.cluster.Software;
import io.pgha.it.cluster.Timing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How the REST API bears load: many requests, and many clients that never finish theirs. */
final class RestLoad {
    private static final Timing TIMING = new Timing(30, 10, 10);
    private static final int CROWD = 2000;
    private static final Duration CROWD_LIMIT = Duration.ofSeconds(30);
    private static final int PROBES = 300;
    private static final int LIMIT_MILLIS = 2000;

    private final Results results;

    RestLoad(Results results) {
        this.results = results;
    }

    void measure(Software software) {
        try (Cluster cluster = Cluster.start("bench-rest-" + software, software, TIMING, 3)) {
            Node primary = cluster.awaitHealthy();
            int port = primary.config().restPort();
            results.put(Row.REST_KEPT, software, wrk(port, List.of()));
            results.put(Row.REST_CLOSED, software, wrk(port, List.of("-H", "Connection: close")));
            results.put(Row.REST_CROWDED, software, crowded(port));
        }
    }

    private static double wrk(int port, List<String> options) {
        List<String> command = new ArrayList<>(
                List.of(Machine.program("wrk").orElseThrow().toString(), "-t1", "-c16", "-d10s", "--timeout", "2s"));
        command.addAll(options);
        command.add("http://127.0.0.1:" + port + "/primary");
        // Class loading and compiling are not what is asked about.
        Daemon.run(command);
        String output = Daemon.run(command);
        return output.lines()
                .filter(line -> line.startsWith("Requests/sec:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk said: " + output));
    }

    /** The 99th percentile in milliseconds; infinite when more than that get no answer within two seconds. */
    private static double crowded(int port) {
        List<SocketChannel> crowd = new ArrayList<>();
        try {
            long patience = System.nanoTime() + CROWD_LIMIT.toNanos();
            for (int client = 0; client < CROWD; client++) {
                if (System.nanoTime() > patience) {
                    // Those that want to connect now wait for seconds, and others would.
                    break;
                }
                SocketChannel channel = SocketChannel.open();
                crowd.add(channel);
                channel.socket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
                if (client % 2 == 1) {
                    channel.write(
                            ByteBuffer.wrap("GET /primary HTTP/1.1\r\nHost:".getBytes(StandardCharsets.US_ASCII)));
                }
            }
            return percentile99(port);
        } catch (IOException e) {
            // Not even connected: nobody else would be, either.
            return Double.POSITIVE_INFINITY;
        } finally {
            crowd.forEach(RestLoad::close);
        }
    }

    private static double percentile99(int port) {
        int unanswered = 0;
        List<Double> times = new ArrayList<>();
        for (int probe = 0; probe < PROBES; probe++) {
            double millis = probe(port);
            times.add(millis);
            if (Double.isInfinite(millis) && ++unanswered > PROBES / 100) {
                return Double.POSITIVE_INFINITY;
            }
        }
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[PROBES - 1 - PROBES / 100];
    }

    private static double probe(int port) {
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.getOutputStream().write("OPTIONS /primary HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.x 200".length());
            return new String(answer, StandardCharsets.US_ASCII).endsWith("200")
                    ? (System.nanoTime() - start) / 1e6
                    : Double.POSITIVE_INFINITY;
        } catch (IOException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            System.err.println("cannot close a connection: " + e.getMessage());
        }
    }
}
