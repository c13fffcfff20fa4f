package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that only sit there do not keep HAProxy from its answer (reliability.md, class D; issue 2, "Speed"). */
@Tag("real")
class ManyConnectionsTest {
    private static final int IDLERS = 2000;

    @Test
    void twoThousandIdleOrHalfSentConnectionsDoNotDelayTheHealthCheck() throws IOException {
        List<Socket> idlers = new ArrayList<>();
        try (Server server = Server.start()) {
            ask(server, 200);
            for (int i = 0; i < IDLERS; i++) {
                Socket socket = server.connect();
                idlers.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write("GET /primary HTTP/1.1\r\nHost: x".getBytes(ISO_8859_1));
                }
            }
            List<Duration> times = ask(server, 1000);
            Collections.sort(times);
            assertThat(times.get(times.size() * 99 / 100)).isLessThan(Duration.ofMillis(50));
            // They are not kept for ever, either.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> isClosed(idlers.get(0)) && isClosed(idlers.get(1)));
        } finally {
            for (Socket idler : idlers) {
                idler.close();
            }
        }
    }

    @Test
    void clientsThatNeverReadHoldUpNeitherHealthChecksNorPeers() throws IOException {
        List<SocketChannel> greedy = new ArrayList<>();
        try (Server server = Server.start()) {
            ask(server, 100);
            ByteBuffer requests = ByteBuffer.wrap(("GET /patroni HTTP/1.1\r\nHost: x\r\n\r\n".repeat(4900)
                            + "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100))
                    .getBytes(ISO_8859_1));
            for (int i = 0; i < 20; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                channel.configureBlocking(false);
                greedy.add(channel);
                channel.write(requests.duplicate());
            }
            // Until the server cannot get rid of any more answers.
            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .until(() -> ask(server, 20).size() == 20);
            for (String path : List.of("/primary", "/patroni", "/cluster")) {
                long start = System.nanoTime();
                assertThat(Server.status(server.ask("GET", path))).as(path).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(Duration.ofSeconds(1));
            }
        } finally {
            for (SocketChannel channel : greedy) {
                channel.close();
            }
        }
    }

    private static List<Duration> ask(Server server, int times) {
        List<Duration> taken = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            assertThat(Server.status(server.ask("GET", "/primary"))).isEqualTo(200);
            taken.add(Duration.ofNanos(System.nanoTime() - start));
        }
        return taken;
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(10);
            // A half-sent request may be told why before the end.
            socket.getInputStream().readNBytes(4096);
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
