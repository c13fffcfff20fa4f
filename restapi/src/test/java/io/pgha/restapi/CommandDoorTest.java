package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands over real sockets; what they do is played. */
class CommandDoorTest {
    private static final String ORDER = "{\"leader\":\"pg0\"}";

    private final Played played = new Played();

    @ParameterizedTest
    @CsvSource({
        "POST,/switchover,switchover {leader=pg0}",
        "POST,/failover,failover {leader=pg0}",
        "POST,/switchover/whatever?x=1,switchover {leader=pg0}",
        "PATCH,/config,patch {leader=pg0}",
        "PUT,/config,replace {leader=pg0}",
        "POST,/reload,reload",
        "DELETE,/switchover,cancel",
        "POST,/restart,restart {leader=pg0}",
        "DELETE,/restart,cancel restart",
        "POST,/reinitialize,reinitialize {leader=pg0}",
        "DELETE,/reinitialize,cancel reinitialize",
    })
    void aCommandIsCarriedOutAndItsAnswerComesBack(String method, String path, String asked) {
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            String answer = server.exchange(request(method, path, ORDER, ""));
            assertThat(Server.status(answer)).isEqualTo(202);
            assertThat(answer)
                    .contains("Content-Type: text/plain;charset=utf-8")
                    .endsWith("\r\n\r\ndone\n");
            assertThat(played.asked).containsExactly(asked);
        }
    }

    @Test
    void aConfigurationComesBackAsJson() {
        played.answer = new CommandAnswer.Json(Map.of("ttl", 20));
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            String answer = server.exchange(request("PATCH", "/config", "{\"ttl\":20}", ""));
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Type: application/json")
                    .endsWith("{\"ttl\":20}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "\"text\"", "null", "{}", "{} {}", "{\"a\":1} x"})
    void aBodyThatIsNoObjectWithContentIsRefused(String body) {
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            assertThat(Server.status(server.exchange(request("POST", "/switchover", body, ""))))
                    .isEqualTo(400);
            assertThat(played.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /restart HTTP/1.0\r\n\r\n", "POST /restart HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}"})
    void aRestartNeedsNoBody(String request) {
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            assertThat(Server.status(server.exchange(request))).isEqualTo(202);
            assertThat(played.asked).containsExactly("restart {}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\\ud800\"}", "{\"a\":[null,{\"\\udc00\":1}]}"})
    void halfACharacterIsRefused(String body) {
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            assertThat(Server.status(server.exchange(request("PATCH", "/config", body, ""))))
                    .isEqualTo(400);
            assertThat(Server.status(server.exchange(request("PATCH", "/config", "{\"a\":\"\\ud83d\\ude00\"}", ""))))
                    .isEqualTo(202);
        }
    }

    @Test
    void aBodyThatIsNestedTooDeeplyIsRefused() {
        String deep = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        String lessDeep = "{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}";
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            assertThat(Server.status(server.exchange(request("PATCH", "/config", deep, ""))))
                    .isEqualTo(400);
            assertThat(Server.status(server.exchange(request("PATCH", "/config", lessDeep, ""))))
                    .isEqualTo(400);
        }
    }

    @Test
    void aBodyOfUnknownLengthOrTooLongIsRefusedUnread() {
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            assertThat(Server.status(server.exchange("POST /switchover HTTP/1.0\r\n\r\n")))
                    .isEqualTo(411);
            assertThat(Server.status(server.exchange("PATCH /config HTTP/1.0\r\nContent-Length: 70000\r\n\r\n")))
                    .isEqualTo(413);
            assertThat(played.asked).isEmpty();
        }
    }

    /** Facts §3.8: it means something in a test mode on Windows only. */
    @Test
    void sigtermIsAcceptedAndDoesNothing() {
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            assertThat(Server.status(server.exchange(request("POST", "/sigterm", ORDER, ""))))
                    .isEqualTo(202);
            assertThat(played.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"PUT,/restart", "POST,/nonsense", "DELETE,/config", "PUT,/switchover", "POST,/"})
    void whatDoesNotExistIsNotImplemented(String method, String path) {
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            assertThat(Server.status(server.exchange(request(method, path, ORDER, ""))))
                    .isEqualTo(501);
        }
    }

    @Test
    void accessIsCheckedBeforeTheBodyIsRead() {
        RestSettings closed = RestSettings.plain("127.0.0.1", 0)
                .withAccess(Optional.of(new RestSettings.Credentials("admin", "secret")), List.of(), false);
        String login =
                "Authorization: Basic " + Base64.getEncoder().encodeToString("admin:secret".getBytes(UTF_8)) + "\r\n";
        try (Server server = Server.commanded(closed, played)) {
            assertThat(server.exchange("POST /switchover HTTP/1.0\r\nContent-Length: 70000\r\n\r\n"))
                    .startsWith("HTTP/1.1 401")
                    .contains("WWW-Authenticate: Basic realm=\"Patroni\"");
            assertThat(played.asked).isEmpty();
            assertThat(Server.status(server.exchange(request("POST", "/switchover", ORDER, login))))
                    .isEqualTo(202);
        }
    }

    @Test
    void whoAskedAndWhatCameOfItIsReported() {
        String headers = "Authorization: Basic "
                + Base64.getEncoder().encodeToString("ann:secret".getBytes(UTF_8))
                + "\r\nX-Pgha-Operator: ann@desk\r\n";
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            server.exchange(request("POST", "/switchover", ORDER, headers));
            server.exchange(request("POST", "/reload", "", ""));
            server.exchange(request("POST", "/nonsense", "", ""));
        }
        assertThat(played.reports).hasSize(2);
        CommandReport first = played.reports.get(0);
        assertThat(first.request()).isEqualTo("POST /switchover");
        assertThat(first.caller()).isEqualTo(new CommandReport.Caller("127.0.0.1", "ann", "ann@desk"));
        assertThat(first.body()).isEqualTo(Map.of("leader", "pg0"));
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.answer()).isEqualTo("done");
        assertThat(first.toString()).doesNotContain("secret");
        assertThat(played.reports.get(1).caller()).isEqualTo(new CommandReport.Caller("127.0.0.1", "", ""));
    }

    @Test
    void aCommandThatFailsUnexpectedlyIsUnavailable() {
        played.trouble = true;
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            assertThat(Server.status(server.exchange(request("POST", "/reload", "", ""))))
                    .isEqualTo(503);
        }
    }

    @Test
    void longCommandsHoldUpNothingElse() throws Exception {
        played.held = new CountDownLatch(1);
        ExecutorService clients = Executors.newCachedThreadPool();
        try (Server server = Server.commanded(RestSettings.plain("127.0.0.1", 0), played)) {
            List<Future<String>> waiting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                waiting.add(clients.submit(() -> server.exchange(request("POST", "/switchover", ORDER, ""))));
            }
            assertThat(played.begun.tryAcquire(4, 10, TimeUnit.SECONDS)).isTrue();
            assertThat(Server.status(server.exchange(request("POST", "/switchover", ORDER, ""))))
                    .isEqualTo(503);
            assertThat(Server.status(server.ask("GET", "/primary"))).isEqualTo(200);
            assertThat(Server.status(server.ask("GET", "/patroni"))).isEqualTo(200);
            played.held.countDown();
            for (Future<String> one : waiting) {
                assertThat(Server.status(one.get(10, TimeUnit.SECONDS))).isEqualTo(202);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static String request(String method, String path, String body, String headers) {
        return method + " " + path + " HTTP/1.0\r\n" + headers + "Content-Length: " + body.getBytes(UTF_8).length
                + "\r\n\r\n" + body;
    }

    /** Writes down what it is asked for. */
    private static final class Played implements Commands {
        private final List<String> asked = java.util.Collections.synchronizedList(new ArrayList<>());
        private final java.util.concurrent.Semaphore begun = new java.util.concurrent.Semaphore(0);
        private volatile CountDownLatch held = new CountDownLatch(0);
        private volatile CommandAnswer answer = CommandAnswer.text(202, "done");
        private volatile boolean trouble;

        private final List<CommandReport> reports = java.util.Collections.synchronizedList(new ArrayList<>());

        @Override
        public void carriedOut(CommandReport report) {
            reports.add(report);
        }

        private CommandAnswer played(String what) {
            asked.add(what);
            begun.release();
            if (trouble) {
                throw new IllegalStateException("planted");
            }
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return answer;
        }

        @Override
        public CommandAnswer switchover(Map<String, Object> body) {
            return played("switchover " + body);
        }

        @Override
        public CommandAnswer failover(Map<String, Object> body) {
            return played("failover " + body);
        }

        @Override
        public CommandAnswer cancelSwitchover() {
            return played("cancel");
        }

        @Override
        public CommandAnswer patchConfig(Map<String, Object> body) {
            return played("patch " + body);
        }

        @Override
        public CommandAnswer replaceConfig(Map<String, Object> body) {
            return played("replace " + body);
        }

        @Override
        public CommandAnswer failsafe(Map<String, Object> body) {
            return new CommandAnswer.Bare(200, "Accepted", Map.of("lsn", "42"));
        }

        @Override
        public CommandAnswer reload() {
            return played("reload");
        }

        @Override
        public CommandAnswer restart(Map<String, Object> body) {
            return played("restart " + body);
        }

        @Override
        public CommandAnswer cancelRestart() {
            return played("cancel restart");
        }

        @Override
        public CommandAnswer reinitialize(Map<String, Object> body) {
            return played("reinitialize " + body);
        }

        @Override
        public CommandAnswer cancelReinitialize() {
            return played("cancel reinitialize");
        }
    }
}
