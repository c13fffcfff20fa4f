package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pgha.core.event.Event;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A server on a free port that publishes the snapshot of a recorded primary, and raw sockets to talk to it. */
final class Server implements AutoCloseable {
    /** The machine's own clocks. */
    static final Clock CLOCK = new Clock() {
        @Override
        public MonotonicTime now() {
            return new MonotonicTime(System.nanoTime());
        }

        @Override
        public Instant wall() {
            return Instant.now();
        }
    };

    final AtomicReference<NodeSnapshot> snapshot = new AtomicReference<>(primary());
    final List<Event> events = new CopyOnWriteArrayList<>();
    final AtomicReference<ClusterReader> reader = new AtomicReference<>(Optional::empty);
    final RestServer rest;

    private Server(RestSettings settings, Optional<Commands> commands) {
        rest = RestServer.start(
                settings,
                snapshot::get,
                snapshot::get,
                CLOCK,
                () -> reader.get().read(),
                most -> events.subList(Math.max(0, events.size() - most), events.size()),
                commands);
    }

    static Server start() {
        return new Server(RestSettings.plain("127.0.0.1", 0), Optional.empty());
    }

    static Server start(RestSettings settings) {
        return new Server(settings, Optional.empty());
    }

    static Server commanded(RestSettings settings, Commands commands) {
        return new Server(settings, Optional.of(commands));
    }

    int port() {
        return rest.port();
    }

    /** A primary that holds the lock for a while yet. */
    static NodeSnapshot primary() {
        return lead(Duration.ofMinutes(5));
    }

    static NodeSnapshot lead(Duration lockLeft) {
        Sample sample = Sample.read("01-three-nodes-streaming", "pg0");
        MonotonicTime now = CLOCK.now();
        return SampleNode.builder(sample, sample.exchange("GET", "/patroni").json())
                .ttl(Duration.ofMinutes(10))
                .lockValidUntil(Optional.of(now.plus(lockLeft)))
                .published(now, now.plus(Duration.ofSeconds(10)))
                .build();
    }

    /** Sends bytes as they are and reads until the server closes, or has been silent for long. */
    String exchange(String request) {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request over HTTP/1.0, after which the server closes. */
    String ask(String method, String target) {
        return exchange(method + " " + target + " HTTP/1.0\r\n\r\n");
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 5000);
        socket.setSoTimeout(15_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    @Override
    public void close() {
        rest.close();
    }

    /** For measuring by hand: serves on the given port until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        Server server = start(RestSettings.plain("127.0.0.1", Integer.parseInt(args[0])));
        System.out.println("listening on " + server.port());
        Thread.currentThread().join();
    }
}
