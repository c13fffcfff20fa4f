package io.pgha.agent.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.agent.event.EventLog;
import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.port.Peers;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import io.pgha.dcs.memory.CallFate;
import io.pgha.dcs.memory.InMemoryDcs;
import io.pgha.dcs.memory.MemoryStore;
import io.pgha.dcs.wire.KeyLayout;
import io.pgha.restapi.NodeSnapshot;
import io.pgha.restapi.RestServer;
import io.pgha.restapi.RestSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The refusals of facts §3.8, and what bad input gets, over the real server and the real commands. */
class RefusalsOverRestTest {
    private static final String PREFIX = "/service/demo/";
    private static final String CONFIG = "{\"ttl\":30,\"loop_wait\":10,\"retry_timeout\":10}";

    private final SystemClock clock = new SystemClock();
    private final MemoryStore store = new MemoryStore(clock, (delay, task) -> {});
    private final EventLog events = new EventLog("pg0", event -> {});
    private final InMemoryDcs dcs = new InMemoryDcs(
            store,
            KeyLayout.of("service", "demo"),
            "pg0",
            clock,
            pause -> {},
            call -> CallFate.PASS,
            Duration.ofSeconds(30),
            Duration.ofMillis(50));
    private RestServer server = serve(RestSettings.plain("127.0.0.1", 0));

    private RestServer serve(RestSettings settings) {
        NodeSnapshot node = NodeSnapshot.builder("demo", "pg0").build();
        return RestServer.start(
                settings,
                () -> node,
                () -> node,
                clock,
                Optional::empty,
                events::last,
                Optional.of(new OperatorCommands(
                        dcs,
                        new AllAnswer(),
                        clock,
                        () -> Duration.ofSeconds(1),
                        events,
                        new FailsafeCommand(
                                new io.pgha.agent.lease.FailsafeRegister(new SystemClock()),
                                () -> NodeSnapshot.builder("demo", "pg0").build()),
                        () -> {},
                        new NodeCommands(
                                new Inbox(new ThreadDoorbell()),
                                () -> node,
                                () -> HaSettings.defaults("pg0", "demo"),
                                clock))));
    }

    @BeforeEach
    void threeMembers() {
        put("config", CONFIG);
        put("leader", "pg0");
        for (String name : List.of("pg0", "pg1", "pg2")) {
            put("members/" + name, "{\"api_url\":\"http://h/patroni\",\"state\":\"running\"}");
        }
    }

    @AfterEach
    void stop() {
        server.close();
        dcs.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /switchover | {\"candidate\":\"pg1\"} | 400 | only from a specific leader",
                "POST | /failover | {\"leader\":\"pg0\"} | 400 | only to a specific candidate",
                "POST | /failover | {\"candidate\":\"pg1\",\"scheduled_at\":\"2099-01-01T00:00:00+00:00\"} | 400 | schedule",
                "POST | /switchover | {\"leader\":\"pg0\",\"candidate\":\"pg0\"} | 400 | same",
                "POST | /switchover | {\"leader\":\"pg0\",\"scheduled_at\":[\"2099-01-01T00:00Z\"]} | 400 | scheduled_at must be a string",
                "POST | /switchover | {\"leader\":\"pg0\",\"candidate\":[\"pg1\"]} | 400 | candidate must be a string",
                "POST | /failover | {\"leader\":[\"pg0\"],\"candidate\":\"pg1\"} | 400 | leader must be a string",
                "POST | /switchover | {\"leader\":\"pg1\"} | 412 | leader name does not match",
                "POST | /switchover | {\"leader\":\"pg0\",\"candidate\":\"pg9\"} | 412 | candidate does not exists",
                "POST | /switchover | {\"leader\":\"pg0\",\"scheduled_at\":\"2099-01-01T00:00:00\"} | 400 | Timezone",
                "POST | /switchover | {\"leader\":\"pg0\",\"scheduled_at\":\"1999-01-01T00:00:00+00:00\"} | 422 | past",
                "POST | /switchover | {\"leader\":\"pg0\",\"scheduled_at\":\"soon\"} | 422 | ",
                "POST | /switchover | [] | 400 | JSON object",
                "POST | /switchover | {} | 400 | JSON object",
                "POST | /switchover | nonsense | 400 | JSON object",
                "PATCH | /config | {\"ttl\":\"soon\"} | 400 | ttl:",
                "PATCH | /config | {\"ttl\":[]} | 400 | ttl:",
                "PATCH | /config | {\"loop_wait\":25} | 400 | loop_wait",
                "PATCH | /config | {\"retry_timeout\":29} | 400 | retry_timeout",
                "PATCH | /config | {\"maximum_lag_on_failover\":\"much\"} | 400 | maximum_lag_on_failover:",
                "PATCH | /config | {\"postgresql\":{\"pg_hba\":[\"hots all\"]}} | 400 | postgresql.pg_hba[0]:",
                "PATCH | /config | {\"postgresql\":{\"pg_hba\":[\"local all all peer\",\"host all all 10.0.0.1 md5\"]}} | 400 | postgresql.pg_hba[1]:",
                "PATCH | /config | {\"standby_cluster\":{\"port\":\"abc\"}} | 400 | standby_cluster.port: is",
                "PATCH | /config | {\"standby_cluster\":{\"host\":\"h\",\"restore_command\":false}} | 400 | standby_cluster.restore_command:",
                "PATCH | /config | {\"ignore_slots\":7} | 400 | ignore_slots:",
                "PATCH | /config | {\"foo\":\"\\ud800\"} | 400 | ",
                "PATCH | /config | {\"postgresql\":{\"parameters\":{\"work_mem\":\"plenty\"}}} | 400 | postgresql.parameters.work_mem: is \"plenty\"",
                "PATCH | /config | {\"postgresql\":{\"parameters\":{\"shared_buffers\":1}}} | 400 | postgresql.parameters.shared_buffers: is 1; expected a value from 128kB",
                "PATCH | /config | {\"slots\":{\"Bad\":null,\"Worse\":{\"x\":1}}} | 400 | slots.Worse: is no name for a slot",
                "PATCH | /config | {\"slots\":{\"a\":{\"type\":\"logical\"}}} | 400 | slots.a: is incomplete",
                "PUT | /config | {\"ttl\":true} | 400 | ttl:",
                "PUT | /config | {\"ttl\":10,\"loop_wait\":10,\"retry_timeout\":10} | 400 | ",
                "DELETE | /switchover | '' | 404 | no switchover is scheduled",
                "POST | /nonsense | {} | 501 | ",
            })
    void badInputIsRefusedAndChangesNothing(String method, String path, String body, int status, String text)
            throws IOException {
        String answer = send(method, path, body, "");
        assertThat(status(answer)).as(answer).isEqualTo(status);
        assertThat(answer).contains(text == null ? "" : text);
        assertThat(key("failover")).isNull();
        assertThat(key("config")).isEqualTo(CONFIG);
        assertThat(events.last(10)).as("what was refused is no event").isEmpty();
    }

    @Test
    void aPausedClusterSchedulesNothingAndNeedsACandidate() throws IOException {
        put("config", "{\"pause\":true}");
        assertThat(status(send(
                        "POST",
                        "/switchover",
                        "{\"leader\":\"pg0\",\"scheduled_at\":\"2099-01-01T00:00:00+00:00\"}",
                        "")))
                .isEqualTo(400);
        assertThat(status(send("POST", "/switchover", "{\"leader\":\"pg0\"}", "")))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "17", "null"})
    void aConfigurationThatIsNoneCannotBePatched(String value) throws IOException {
        put("config", value);
        assertThat(status(send("PATCH", "/config", "{\"ttl\":20}", ""))).isEqualTo(503);
    }

    @Test
    void whatIsDoneIsAnEventWithItsActor() throws IOException {
        String who = "X-Pgha-Operator: ann@desk\r\n";
        assertThat(status(send("PATCH", "/config", "{\"maximum_lag_on_failover\":5}", who)))
                .isEqualTo(200);
        assertThat(events.last(1).get(0).actor().text()).isEqualTo("hactl ann@desk from 127.0.0.1");
        assertThat(events.last(1).get(0).reason()).contains("maximum_lag_on_failover");
    }

    /** Classes E and F of reliability.md: the right to ask comes before the body, whatever is in it. */
    @Test
    void whoMayNotIsToldSoBeforeTheBodyIsRead() throws IOException {
        server.close();
        server = serve(RestSettings.plain("127.0.0.1", 0)
                .withAccess(Optional.of(new RestSettings.Credentials("ann", "geheim")), List.of(), false));
        for (String header : List.of(
                "",
                "Authorization: Bearer x\r\n",
                "Authorization: Basic !!!\r\n",
                "Authorization: Basic " + basic("ann:") + "\r\n",
                "Authorization: Basic " + basic("ann:geheim2") + "\r\n",
                "Authorization: Basic " + basic(":geheim") + "\r\n",
                "Authorization: Basic " + basic("é".repeat(2000)) + "\r\n")) {
            assertThat(status(send("PATCH", "/config", "not json", header)))
                    .as(header)
                    .isEqualTo(401);
            assertThat(status(send("POST", "/nonsense", "{}", header)))
                    .as(header)
                    .isEqualTo(401);
        }
        String right = "Authorization: basic " + basic("ann:geheim") + "\r\n";
        assertThat(status(send("PATCH", "/config", "not json", right))).isEqualTo(400);
        assertThat(events.last(10)).isEmpty();
    }

    @Test
    void whoIsNotOnTheListIsRefusedWhateverHeClaims() throws IOException {
        server.close();
        server = serve(RestSettings.plain("127.0.0.1", 0).withAccess(Optional.empty(), List.of("10.1.2.3"), false));
        String answer = send("PATCH", "/config", "{\"ttl\":20}", "X-Forwarded-For: 10.1.2.3\r\n");
        assertThat(status(answer)).isEqualTo(403);
        assertThat(key("config")).isEqualTo(CONFIG);
    }

    private static String basic(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    private String send(String method, String path, String body, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            String request = method + " " + path + " HTTP/1.0\r\n" + headers + "Content-Length: "
                    + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    private void put(String key, String value) {
        store.put(PREFIX + key, value);
    }

    private @Nullable String key(String name) {
        return store.dump(PREFIX + name).stream()
                .filter(entry -> entry.key().equals(PREFIX + name))
                .map(entry -> new String(entry.value(), UTF_8))
                .findFirst()
                .orElse(null);
    }

    /** Everybody answers and could lead. */
    private static final class AllAnswer implements Peers {
        @Override
        public List<io.pgha.core.model.FailsafeAnswer> failsafe(
                io.pgha.core.model.FailsafePing ping, Map<String, String> members, Duration limit) {
            throw new IllegalStateException("no command does that");
        }

        @Override
        public List<PeerAnswer> ask(Collection<Member> members) {
            return members.stream()
                    .map(member -> new PeerAnswer(
                            member.name(),
                            true,
                            true,
                            Lsn.ZERO,
                            Timeline.FIRST,
                            new Tags(Map.of()),
                            false,
                            Optional.empty()))
                    .toList();
        }

        @Override
        public boolean answersLiveness(Member member) {
            return true;
        }
    }
}
