package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives over a raw socket: reliability.md, classes C and D. */
class ProtocolTest {
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIONS / HTTP/1.0\r\n\r\n",
                "OPTIONS /primary HTTP/1.0\r\n\r\n",
                "HEAD / HTTP/1.0\r\n\r\n",
                "OPTIONS / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "HEAD /primary HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "OPTIONS /primary HTTP/1.1\r\nConnection: close\r\n\r\n",
                "OPTIONS /primary?lag=1MB HTTP/1.1\r\n\r\n",
                "OPTIONS /master HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n",
            })
    void whatHaproxySendsIsAnsweredWithABareStatus(String request) {
        String answer = server.exchange(request);
        assertThat(Server.status(answer)).isEqualTo(200);
        assertThat(answer).endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/,200",
        "GET,/primary,200",
        "GET,//primary,200",
        "GET,/primary/,200",
        "GET,/PRIMARY,503",
        "GET,/replica,503",
        "GET,/nonsense,503",
        "GET,/patroni,200",
        "GET,/patroni/whatever,200",
        "GET,/liveness,200",
        "GET,/readiness,200",
        "GET,/cluster,200",
        "GET,/cluster/whatever,200",
        "GET,/history,200",
        "GET,/config,200",
        "GET,/metrics,200",
        "GET,/failsafe,502",
        "HEAD,/patroni,503",
        "HEAD,/liveness,503",
        "HEAD,/cluster,503",
        "OPTIONS,/metrics,503",
        "OPTIONS,*,503",
        "GET,http://other.example/primary,200",
        "POST,/restart,501",
        "PUT,/config,501",
        "PATCH,/config,501",
        "DELETE,/switchover,501",
        "POST,/nonsense,501",
        "TRACE,/,501",
        "BREW,/primary,501",
        "GET,/%2e%2e/primary,400",
        "GET,/primary%00,400",
    })
    void everyMethodAndPathHasItsStatus(String method, String target, int status) {
        assertThat(Server.status(server.ask(method, target))).isEqualTo(status);
    }

    @Test
    void theStatusIsJsonAndSaysWhichLayersAreArmed() {
        JsonNode body = Sample.json(server.ask("GET", "/patroni").split("\r\n\r\n", 2)[1]);
        assertThat(body.at("/patroni/name").asText()).isEqualTo("pg0");
        assertThat(body.at("/pgha/fence").isArray()).isTrue();
    }

    @Test
    void aConnectionIsKeptForTheNextRequest() throws IOException {
        try (Socket socket = server.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(head(socket, "OPTIONS /primary HTTP/1.1\r\nHost: x\r\n\r\n"))
                        .startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() {
        String answers = server.exchange("OPTIONS /primary HTTP/1.1\r\nHost: x\r\n\r\n"
                + "OPTIONS /replica HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answers).startsWith("HTTP/1.1 200").contains("HTTP/1.1 503");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /primary HTTP/9.9\r\n\r\n",
                "GET  HTTP/1.1\r\n\r\n",
                "GET /primary HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "GET /primary HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET /primary HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET /primary HTTP/1.1\r\nno colon\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n",
            })
    void whatIsNoRequestIsRefusedAndTheServerGoesOn(String request) {
        String answer = server.exchange(request);
        assertThat(answer.isEmpty() || Server.status(answer) >= 400).as(answer).isTrue();
        assertThat(Server.status(server.ask("GET", "/primary"))).isEqualTo(200);
    }

    @Test
    void aLongTargetAndManyHeadersAreRefused() {
        assertThat(Server.status(server.ask("GET", "/" + "x".repeat(16_384)))).isIn(414, 431);
        String headers = "X-Header: some value\r\n".repeat(1000);
        assertThat(Server.status(server.exchange("GET /primary HTTP/1.0\r\n" + headers + "\r\n")))
                .isEqualTo(431);
    }

    @Test
    void aHugeBodyIsNotReadBeforeTheAnswer() {
        String answer = server.exchange("POST /restart HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n{");
        assertThat(Server.status(answer)).isEqualTo(501);
    }

    @Test
    void theTargetIsNotEchoed() {
        assertThat(server.ask("GET", "/<script>alert(1)</script>")).doesNotContain("script");
    }

    @Test
    void somebodyWhoSendsHalfARequestAndClosesHurtsNobody() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = server.connect()) {
                socket.getOutputStream().write("GET /prim".getBytes(ISO_8859_1));
                socket.setSoLinger(true, 0);
            }
        }
        assertThat(Server.status(server.ask("GET", "/primary"))).isEqualTo(200);
    }

    @Test
    void thePrimaryCheckFailsOnTimeWithoutANewSnapshot() {
        try (Server own = Server.start()) {
            own.snapshot.set(Server.lead(Duration.ZERO));
            assertThat(Server.status(own.ask("GET", "/primary"))).isEqualTo(503);
            own.snapshot.set(Server.primary());
            assertThat(Server.status(own.ask("GET", "/primary"))).isEqualTo(200);
        }
    }

    @Test
    void theClusterIsReadAfreshAndElseFromTheSnapshot() {
        try (Server own = Server.start()) {
            own.reader.set(() -> Optional.of(Sample.read("04-paused", "pg0").cluster()));
            assertThat(own.ask("GET", "/cluster")).contains("\"pause\":true");
            own.reader.set(Optional::empty);
            assertThat(own.ask("GET", "/cluster")).contains("pg2").doesNotContain("\"pause\":true");
            own.reader.set(() -> {
                throw new IllegalStateException("a reader that is broken");
            });
            assertThat(Server.status(own.ask("GET", "/cluster"))).isEqualTo(200);
            own.snapshot.set(NodeSnapshot.builder("demo", "pg0")
                    .published(Server.CLOCK.now(), Server.CLOCK.now())
                    .build());
            assertThat(Server.status(own.ask("GET", "/cluster"))).isEqualTo(503);
            assertThat(Server.status(own.ask("GET", "/config"))).isEqualTo(502);
        }
    }

    private static String head(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
