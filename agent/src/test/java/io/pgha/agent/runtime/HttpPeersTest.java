package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.Timeline;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpPeersTest {
    private static final String REPLICA = """
            {"state":"running","role":"replica","timeline":3,"tags":{"nofailover":true},"watchdog_failed":true,
             "xlog":{"received_location":300,"replayed_location":200,"replayed_timestamp":null,"paused":false}}""";

    private final HttpPeers peers = new HttpPeers(Optional::empty);
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopServer() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aReplicaTellsItsPositionTimelineAndTags() {
        serve("/patroni", exchange -> answer(exchange, REPLICA));
        PeerAnswer answer = ask(member("pg1", "/patroni"));
        assertThat(answer.reachable()).isTrue();
        assertThat(answer.inRecovery()).isTrue();
        assertThat(answer.walPosition()).isEqualTo(new Lsn(300));
        assertThat(answer.timeline()).isEqualTo(new Timeline(3));
        assertThat(answer.tags().nofailover()).isTrue();
        assertThat(answer.watchdogFailed()).isTrue();
        assertThat(answer.current()).isTrue();
    }

    @Test
    void aPositionMayBeOld() {
        String slow = REPLICA.substring(0, REPLICA.length() - 1) + ",\"pgha\":{\"positions_current\":false}}";
        serve("/patroni", exchange -> answer(exchange, slow));
        assertThat(ask(member("pg1", "/patroni")).current()).isFalse();
    }

    @Test
    void aPrimaryIsNotInRecovery() {
        serve("/patroni", exchange -> answer(exchange, "{\"role\":\"master\",\"xlog\":{\"location\":77}}"));
        PeerAnswer answer = ask(member("pg1", "/patroni"));
        assertThat(answer.inRecovery()).isFalse();
        assertThat(answer.walPosition()).isEqualTo(new Lsn(77));
    }

    @Test
    void allAreAskedTogetherAndTheSlowOneCostsTwoSecondsOnce() {
        serve("/patroni", exchange -> answer(exchange, REPLICA));
        serve("/slow", exchange -> hang());
        serve("/drip", this::drip);
        long before = System.nanoTime();
        List<PeerAnswer> answers = peers.ask(List.of(
                member("slow", "/slow"),
                member("dripping", "/drip"),
                member("slow too", "/slow"),
                member("good", "/patroni"),
                Member.named("silent"),
                new MemberBuilder("odd").apiUrl("file:///etc/passwd").build()));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(3500));
        assertThat(answers)
                .extracting(PeerAnswer::name, PeerAnswer::reachable)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("slow", false),
                        org.assertj.core.groups.Tuple.tuple("dripping", false),
                        org.assertj.core.groups.Tuple.tuple("slow too", false),
                        org.assertj.core.groups.Tuple.tuple("good", true),
                        org.assertj.core.groups.Tuple.tuple("silent", false),
                        org.assertj.core.groups.Tuple.tuple("odd", false));
    }

    @Test
    void nonsenseCountsAsUnreachableWithItsReason() {
        Map.of(
                        "/html", "<html>",
                        "/list", "[1]",
                        "/nothing", "{}",
                        "/text", "{\"xlog\":\"yes\"}",
                        "/deep", "[".repeat(5000),
                        "/long", "{\"xlog\":{\"location\":1},\"x\":\"" + "y".repeat(70_000) + "\"}")
                .forEach((path, body) -> {
                    serve(path, exchange -> answer(exchange, body));
                    PeerAnswer answer = ask(member("pg1", path));
                    assertThat(answer.reachable()).as(path).isFalse();
                    assertThat(answer.problem()).as(path).isPresent();
                });
    }

    @Test
    void wrongTypesInOtherFieldsAreForgiven() {
        serve(
                "/patroni",
                exchange -> answer(
                        exchange, "{\"xlog\":{\"received_location\":-5},\"role\":7,\"timeline\":\"x\",\"tags\":[1]}"));
        PeerAnswer answer = ask(member("pg1", "/patroni"));
        assertThat(answer.reachable()).isTrue();
        assertThat(answer.walPosition()).isEqualTo(Lsn.ZERO);
        assertThat(answer.timeline()).isEqualTo(Timeline.UNKNOWN);
    }

    @Test
    void redirectsAreNotFollowed() {
        AtomicInteger followed = new AtomicInteger();
        serve("/patroni", exchange -> {
            exchange.getResponseHeaders().add("Location", url("/elsewhere"));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        serve("/elsewhere", exchange -> {
            followed.incrementAndGet();
            answer(exchange, REPLICA);
        });
        assertThat(ask(member("pg1", "/patroni")).reachable()).isFalse();
        assertThat(followed).hasValue(0);
    }

    @Test
    void whateverAnswersAtLivenessIsAlive() {
        serve("/liveness", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        assertThat(peers.answersLiveness(member("pg1", "/patroni"))).isTrue();
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(peers.answersLiveness(new MemberBuilder("pg1")
                        .apiUrl("http://127.0.0.1:" + port + "/patroni")
                        .build()))
                .isFalse();
    }

    private PeerAnswer ask(Member member) {
        return peers.ask(List.of(member)).get(0);
    }

    private Member member(String name, String path) {
        return new MemberBuilder(name).apiUrl(url(path)).build();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void serve(String path, com.sun.net.httpserver.HttpHandler handler) {
        server.createContext(path, handler);
    }

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Headers at once, then nothing but a byte. */
    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        OutputStream body = exchange.getResponseBody();
        body.write('{');
        body.flush();
        hang();
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        } catch (IOException e) {
            // The client has cut off what is too long.
        }
    }
}
