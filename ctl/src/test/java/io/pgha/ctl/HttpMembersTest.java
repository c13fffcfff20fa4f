package io.pgha.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.pgha.config.CtlConfig;
import io.pgha.config.value.Secret;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.ctl.MemberClient.Answer;
import io.pgha.ctl.MemberClient.Silent;
import io.pgha.ctl.MemberClient.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members that answer well, badly, too much, or not at all. */
class HttpMembersTest {
    private static final Path FILES = Path.of("src/test/resources/tls");
    private static final CtlConfig PLAIN = config(false, Optional.empty(), Optional.empty(), Optional.empty());
    private static final String GOOD = "{\"patroni\":{\"version\":\"4.1.4\"},\"server_version\":150018}";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/good/patroni", exchange -> answer(exchange, GOOD));
        server.createContext("/garbage/patroni", exchange -> answer(exchange, "<html>"));
        server.createContext("/list/patroni", exchange -> answer(exchange, "[]"));
        server.createContext("/endless/patroni", HttpMembersTest::answerForEver);
        server.createContext("/silent/patroni", exchange -> {});
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void everyMemberHasAnAnswerInTimeWhateverItDoes() {
        List<Member> members = List.of(
                member("good"),
                member("garbage"),
                member("list"),
                member("endless"),
                member("silent"),
                new MemberBuilder("nowhere")
                        .apiUrl("http://127.0.0.1:1/patroni")
                        .build(),
                new MemberBuilder("odd").apiUrl("file:///etc/passwd").build(),
                new MemberBuilder("none").build());
        long start = System.nanoTime();
        Map<String, Answer> answers = new HttpMembers(PLAIN).ask(members, Duration.ofSeconds(1));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(answers.keySet())
                .containsExactly("good", "garbage", "list", "endless", "silent", "nowhere", "odd", "none");
        assertThat(answers.remove("good"))
                .isInstanceOfSatisfying(
                        Status.class,
                        given -> assertThat(given.status().serverVersion()).contains("15.18"));
        assertThat(answers.values()).allMatch(Silent.class::isInstance);
        assertThat(answers.get("nowhere")).isEqualTo(new Silent("cannot connect"));
    }

    @Test
    void theCertificateOfAMemberIsVerifiedUnlessToldOtherwise() throws IOException {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(ClientTls.context(
                config(false, Optional.empty(), Optional.of("server.crt"), Optional.of("server.key")))));
        https.createContext("/patroni", exchange -> answer(exchange, GOOD));
        https.setExecutor(threads);
        https.start();
        try {
            Member member = new MemberBuilder("pg0")
                    .apiUrl("https://127.0.0.1:" + https.getAddress().getPort() + "/patroni")
                    .build();
            assertThat(ask(member, PLAIN)).isInstanceOf(Silent.class);
            assertThat(ask(member, config(true, Optional.empty(), Optional.empty(), Optional.empty())))
                    .isInstanceOf(Status.class);
            assertThat(ask(member, config(false, Optional.of("ca.crt"), Optional.empty(), Optional.empty())))
                    .isInstanceOf(Status.class);
        } finally {
            https.stop(0);
        }
    }

    @Test
    void aKeyThatCannotBeReadIsNamedWithTheRemedy() {
        CtlConfig old = config(false, Optional.empty(), Optional.of("server.crt"), Optional.of("server-old.key"));
        assertThatThrownBy(() -> ClientTls.context(old))
                .isInstanceOf(CtlException.class)
                .hasMessageContaining("server-old.key")
                .hasMessageContaining("openssl pkcs8");
    }

    /** Patroni's {@code ctl.keyfile_password}. */
    @Test
    void anEncryptedKeyIsOpenedWithItsPassword() {
        CtlConfig encrypted = config(false, Optional.empty(), Optional.of("server.crt"), Optional.of("encrypted.key"));
        CtlConfig withPassword = new CtlConfig(
                encrypted.login(),
                encrypted.insecure(),
                encrypted.cacert(),
                encrypted.certfile(),
                encrypted.keyfile(),
                Optional.of(new Secret("secret")));
        assertThat(ClientTls.context(withPassword).getProtocol()).isEqualTo("TLS");
        assertThatThrownBy(() -> ClientTls.context(encrypted)).hasMessageContaining("set keyfile_password");
    }

    private static Answer ask(Member member, CtlConfig config) {
        return new HttpMembers(config)
                .ask(List.of(member), Duration.ofSeconds(10))
                .get(member.name());
    }

    private Member member(String name) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + "/patroni";
        return new MemberBuilder(name).apiUrl(url).build();
    }

    private static CtlConfig config(
            boolean insecure, Optional<String> authorities, Optional<String> certificate, Optional<String> key) {
        return new CtlConfig(
                Optional.empty(),
                insecure,
                authorities.map(FILES::resolve),
                certificate.map(FILES::resolve),
                key.map(FILES::resolve),
                Optional.empty());
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void answerForEver(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(8192).getBytes(UTF_8);
            while (!Thread.currentThread().isInterrupted()) {
                exchange.getResponseBody().write(blanks);
            }
        }
    }
}
