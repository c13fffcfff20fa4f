package io.pgha.agent.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.agent.event.EventLog;
import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.lease.FailsafeRegister;
import io.pgha.agent.port.Peers;
import io.pgha.core.event.Event;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.Role;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.memory.CallFate;
import io.pgha.dcs.memory.DcsCall;
import io.pgha.dcs.memory.InMemoryDcs;
import io.pgha.dcs.memory.MemoryStore;
import io.pgha.dcs.wire.KeyLayout;
import io.pgha.restapi.CommandAnswer;
import io.pgha.restapi.CommandReport;
import io.pgha.restapi.NodeSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each command checks, writes and answers (facts §3.8, samples/commands.txt); the loops are played. */
class OperatorCommandsTest {
    private static final String PREFIX = "/service/demo/";

    private final SystemClock clock = new SystemClock();
    private final MemoryStore store = new MemoryStore(clock, (delay, task) -> {});
    private final Set<String> silent = new HashSet<>();
    private Predicate<DcsCall> lost = call -> false;
    private Runnable meanwhile = () -> {};
    private final AtomicInteger reloads = new AtomicInteger();
    private final InMemoryDcs dcs = new InMemoryDcs(
            store,
            KeyLayout.of("service", "demo"),
            "pg0",
            clock,
            pause -> {},
            call -> lost.test(call) ? CallFate.UNREACHABLE : CallFate.PASS,
            Duration.ofSeconds(30),
            Duration.ofMillis(50));
    private final EventLog events = new EventLog("pg0", event -> {});
    private final HandoverCommand handover = new HandoverCommand(
            dcs, new PlayedPeers(), clock, () -> Duration.ofSeconds(3), duration -> meanwhile.run());
    private final FailsafeRegister register = new FailsafeRegister(clock);
    private NodeSnapshot node = replica(true);
    private final FailsafeCommand failsafe = new FailsafeCommand(register, () -> node);
    private final OperatorCommands commands = new OperatorCommands(
            dcs,
            new PlayedPeers(),
            clock,
            () -> Duration.ofSeconds(3),
            events,
            failsafe,
            reloads::incrementAndGet,
            new NodeCommands(
                    new Inbox(new ThreadDoorbell()),
                    () -> NodeSnapshot.builder("demo", "pg0").build(),
                    () -> HaSettings.defaults("pg0", "demo"),
                    clock));

    private static NodeSnapshot replica(boolean failsafeMode) {
        return NodeSnapshot.builder("demo", "pg1")
                .failsafe(failsafeMode, false)
                .ttl(Duration.ofSeconds(30))
                .role(Role.REPLICA)
                .build();
    }

    private CommandAnswer ping(String name) {
        return commands.failsafe(Map.of("name", name, "slots", Map.of("pg1", 5)));
    }

    @Test
    void aPrimaryInFailsafeModeIsPromisedThatThisMemberWillNotLead() {
        failsafe.published(NodeSnapshot.builder("demo", "pg1")
                .cluster(Optional.of(((DcsOutcome.Done<ClusterView>) dcs.read()).value()))
                .build());
        assertThat(ping("pg0").status()).as("before the first cycle").isEqualTo(500);
        register.observed(FailsafeRegister.ServerSeen.HARMLESS);
        assertThat(ping("pg9").status()).as("a stranger").isEqualTo(403);
        assertThat(ping("pg1").status()).as("itself").isEqualTo(403);
        assertThat(commands.failsafe(Map.of("slots", Map.of())).status()).isEqualTo(400);
        assertThat(ping("pg0")).isEqualTo(new CommandAnswer.Bare(200, "Accepted", Map.of("pgha-promise-ms", "30000")));
        assertThat(register.goOnLeading()).as("the promise is kept").isPresent();
        node = replica(false);
        assertThat(ping("pg0").status()).isEqualTo(502);
    }

    @Test
    void whoLeadsOrIsAboutToPromisesNothing() {
        failsafe.published(NodeSnapshot.builder("demo", "pg1")
                .cluster(Optional.of(((DcsOutcome.Done<ClusterView>) dcs.read()).value()))
                .build());
        register.observed(FailsafeRegister.ServerSeen.HARMLESS);
        assertThat(register.beginToLead(Duration.ofDays(1)))
                .as("it may be bound by a former life")
                .isPresent();
        assertThat(register.beginToLead(Duration.ZERO)).isEmpty();
        assertThat(ping("pg0").status()).isEqualTo(500);
        register.leadsNoMore();
        register.observed(FailsafeRegister.ServerSeen.WRITABLE);
        assertThat(ping("pg0").status()).isEqualTo(500);
        register.observed(FailsafeRegister.ServerSeen.HARMLESS);
        assertThat(ping("pg0").status()).isEqualTo(200);
    }

    @BeforeEach
    void threeMembers() {
        put("config", "{\"ttl\":30,\"mine\":{\"x\":1},\"postgresql\":{\"parameters\":{\"max_connections\":100}}}");
        put("leader", "pg0");
        for (String name : List.of("pg0", "pg1", "pg2")) {
            put("members/" + name, "{\"api_url\":\"http://h/patroni\",\"state\":\"running\"}");
        }
    }

    @Test
    void aSwitchoverIsWatchedUntilTheCandidateLeads() {
        meanwhile = () -> put("leader", "pg1");
        assertThat(switchover("leader", "pg0", "candidate", "pg1"))
                .isEqualTo(CommandAnswer.text(200, "Successfully switched over to \"pg1\""));
        assertThat(key("failover")).isEqualTo("{\"leader\":\"pg0\",\"member\":\"pg1\"}");
    }

    @Test
    void anotherNewLeaderIsNamed() {
        meanwhile = () -> put("leader", "pg2");
        assertThat(switchover("leader", "pg0", "member", "pg1"))
                .isEqualTo(CommandAnswer.text(200, "Switched over to \"pg2\" instead of \"pg1\""));
        put("leader", "pg0");
        assertThat(switchover("leader", "pg0"))
                .isEqualTo(CommandAnswer.text(200, "Successfully switched over to \"pg2\""));
    }

    @Test
    void aRequestThatTheLeaderDroppedHasFailed() {
        meanwhile = () -> put("failover", "{}");
        assertThat(switchover("leader", "pg0", "candidate", "pg1"))
                .isEqualTo(CommandAnswer.text(503, "Switchover failed"));
    }

    @Test
    void whoDoesNotSeeTheEndSaysSo() {
        meanwhile = () -> Thread.currentThread().interrupt();
        HandoverCommand impatient =
                new HandoverCommand(dcs, new PlayedPeers(), clock, () -> Duration.ofSeconds(3), duration -> {
                    throw new InterruptedException("planted");
                });
        CommandAnswer answer =
                impatient.carryOut(HandoverOrder.Kind.SWITCHOVER, Map.of("leader", "pg0", "candidate", "pg1"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(answer).isEqualTo(CommandAnswer.text(503, "Switchover status unknown"));
    }

    @ParameterizedTest
    @CsvSource({
        "400,Switchover could be performed only from a specific leader,candidate=pg1",
        "400,Switchover target and source are the same,leader=pg0 candidate=pg0",
        "412,leader name does not match,leader=pg1 candidate=pg2",
        "412,candidate does not exists,leader=pg0 candidate=nobody",
        "422,Cannot schedule switchover in the past,leader=pg0 scheduled_at=2020-01-01T00:00+00:00",
        "400,Timezone information is mandatory for the scheduled switchover,leader=pg0 scheduled_at=2099-01-01T00:00",
        "202,Switchover scheduled,leader=pg0 candidate=pg1 scheduled_at=2099-01-01T00:00:00+00:00",
    })
    void theChecksAnswerAsPatroniDoes(int status, String line, String body) {
        assertThat(switchover(body.split("[ =]", -1))).isEqualTo(CommandAnswer.text(status, line));
    }

    @Test
    void ordersAreWrittenDownWithoutTheirSecrets() {
        CommandReport.Caller ann = new CommandReport.Caller("10.0.0.1", "rest", "ann@desk");
        commands.carriedOut(new CommandReport(
                "PATCH /config", ann, Map.of("ttl", 30, "postgresql", "secret"), 200, "", Duration.ofMillis(5)));
        commands.carriedOut(
                new CommandReport("POST /switchover", ann, Map.of("leader", "pg0"), 412, "no", Duration.ofMillis(5)));
        commands.carriedOut(new CommandReport(
                "POST /switchover",
                new CommandReport.Caller("10.0.0.2", "bob", ""),
                Map.of("leader", "pg0"),
                503,
                "failed",
                Duration.ofMillis(5)));
        commands.carriedOut(
                new CommandReport("POST /failsafe", ann, Map.of("name", "pg1"), 200, "Accepted", Duration.ofMillis(5)));
        assertThat(events.last(10)).hasSize(2);
        Event first = events.last(10).get(0);
        assertThat(first.actor().text()).isEqualTo("hactl ann@desk from 10.0.0.1");
        assertThat(first.reason()).contains("ttl", "postgresql").doesNotContain("secret");
        Event second = events.last(10).get(1);
        assertThat(second.actor().text()).isEqualTo("rest bob from 10.0.0.2");
        assertThat(second.outcome()).contains("503 failed");
    }

    @Test
    void aTimeThatIsNoneIsUnprocessable() {
        assertThat(switchover("leader", "pg0", "scheduled_at", "soon").status()).isEqualTo(422);
    }

    @Test
    void aFailoverNeedsACandidateAndNoSchedule() {
        assertThat(failover("leader", "pg0").status()).isEqualTo(400);
        assertThat(failover("candidate", "pg1", "scheduled_at", "2099-01-01T00:00Z")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aFailoverWorksWithoutALeader() {
        store.delete(PREFIX + "leader");
        meanwhile = () -> put("leader", "pg1");
        assertThat(failover("candidate", "pg1"))
                .isEqualTo(CommandAnswer.text(200, "Successfully failed over to \"pg1\""));
        assertThat(key("failover")).isEqualTo("{\"member\":\"pg1\"}");
    }

    @Test
    void aFailoverThatNamesALeaderIsASwitchover() {
        meanwhile = () -> put("leader", "pg1");
        assertThat(failover("candidate", "pg1", "leader", "pg0"))
                .isEqualTo(CommandAnswer.text(200, "Successfully switched over to \"pg1\""));
        assertThat(failover("candidate", "pg2", "leader", "pg0").status()).isEqualTo(412);
    }

    @Test
    void inPauseOnlyANamedCandidateTakesOverAndNothingIsScheduled() {
        put("config", "{\"pause\":true}");
        assertThat(switchover("leader", "pg0").status()).isEqualTo(400);
        assertThat(switchover("leader", "pg0", "candidate", "pg1", "scheduled_at", "2099-01-01T00:00Z")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void inPriorityModeASwitchoverGoesOnlyToASynchronousMember() {
        put("config", "{\"synchronous_mode\":true}");
        assertThat(switchover("leader", "pg0").status()).isEqualTo(412);
        put("sync", "{\"leader\":\"pg0\",\"sync_standby\":\"pg1\"}");
        assertThat(switchover("leader", "pg0", "candidate", "pg2"))
                .isEqualTo(CommandAnswer.text(412, "candidate name does not match with sync_standby"));
        meanwhile = () -> put("leader", "pg2");
        assertThat(failover("candidate", "pg2").status()).isEqualTo(200);
    }

    @Test
    void whoeverIsSilentOrMayNotLeadIsNoCandidate() {
        silent.addAll(List.of("pg1", "pg2"));
        assertThat(switchover("leader", "pg0").status()).isEqualTo(412);
        store.delete(PREFIX + "members/pg1");
        store.delete(PREFIX + "members/pg2");
        assertThat(switchover("leader", "pg0").status()).isEqualTo(412);
    }

    @Test
    void aScheduledSwitchoverIsForgottenOnce() {
        switchover("leader", "pg0", "scheduled_at", "2099-01-01 00:00Z");
        assertThat(key("failover")).isEqualTo("{\"leader\":\"pg0\",\"scheduled_at\":\"2099-01-01T00:00:00+00:00\"}");
        assertThat(commands.cancelSwitchover()).isEqualTo(CommandAnswer.text(200, "scheduled switchover deleted"));
        assertThat(key("failover")).isEqualTo("{}");
        assertThat(commands.cancelSwitchover()).isEqualTo(CommandAnswer.text(404, "no switchover is scheduled"));
    }

    @Test
    void withoutTheDcsEverythingIsUnavailable() {
        lost = call -> true;
        assertThat(switchover("leader", "pg0").status()).isEqualTo(503);
        assertThat(commands.cancelSwitchover().status()).isEqualTo(503);
        assertThat(commands.patchConfig(Map.of("ttl", 40)).status()).isEqualTo(503);
    }

    @Test
    void aPatchKeepsWhatItDoesNotName() {
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("loop_wait", 5);
        patch.put("mine", null);
        patch.put("yours", true);
        CommandAnswer answer = commands.patchConfig(patch);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(key("config"))
                .isEqualTo("{\"ttl\":30,\"postgresql\":{\"parameters\":{\"max_connections\":100}},"
                        + "\"loop_wait\":5,\"yours\":true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttl=abc", "loop_wait=100", "retry_timeout=25", "ttl=1"})
    void whatCouldNotBeUsedIsRefusedWithItsKey(String setting) {
        String[] pair = setting.split("=", 2);
        Object value = pair[1].matches("\\d+") ? Integer.valueOf(pair[1]) : pair[1];
        String before = key("config");
        assertThat(commands.patchConfig(Map.of(pair[0], value)))
                .isInstanceOfSatisfying(CommandAnswer.Text.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(refusal.line()).contains(pair[0].equals("ttl") ? "ttl" : "loop_wait");
                });
        assertThat(key("config")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hots all all all md5",
                "host all all md5",
                "local all all",
                "host all all 10.0.0.0/8 passwort",
                "local all all peer\nhost all all all trust",
                "all"
            })
    void aLineThatPostgresWouldRefuseToLoadIsRefused(String line) {
        CommandAnswer answer = commands.patchConfig(Map.of("postgresql", Map.of("pg_hba", List.of(line))));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(((CommandAnswer.Text) answer).line()).contains("postgresql.pg_hba[0]: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# a remark",
                "",
                "local all all peer map=mymap",
                "host \"my db\" \"a user\" samenet scram-sha-256",
                "host all all 10.0.0.0 255.0.0.0 md5",
                "hostssl all +group ::1/128 cert clientcert=verify-full",
                "host replication replicator 0.0.0.0/0 md5",
                "include_if_exists extra.conf"
            })
    void aLineThatPostgresTakesIsTaken(String line) {
        List<String> lines = List.of(line, "local all all peer");
        assertThat(commands.patchConfig(Map.of("postgresql", Map.of("pg_hba", lines)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatWasWrongBeforeDoesNotStandInTheWay() {
        put("config", "{\"ttl\":\"abc\"}");
        assertThat(commands.patchConfig(Map.of("maximum_lag_on_failover", 5)).status())
                .isEqualTo(200);
    }

    @Test
    void aReplacementIsTakenAsItIs() {
        assertThat(commands.replaceConfig(Map.of("ttl", 40))).isEqualTo(new CommandAnswer.Json(Map.of("ttl", 40)));
        assertThat(key("config")).isEqualTo("{\"ttl\":40}");
        store.delete(PREFIX + "config");
        assertThat(commands.patchConfig(Map.of("ttl", 40)).status()).isEqualTo(503);
    }

    @Test
    void aReloadIsAskedFor() {
        assertThat(commands.reload().status()).isEqualTo(202);
        assertThat(reloads).hasValue(1);
    }

    private CommandAnswer switchover(String... pairs) {
        return handover.carryOut(HandoverOrder.Kind.SWITCHOVER, body(pairs));
    }

    private CommandAnswer failover(String... pairs) {
        return handover.carryOut(HandoverOrder.Kind.FAILOVER, body(pairs));
    }

    private static Map<String, Object> body(String... pairs) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            body.put(pairs[i], pairs[i + 1]);
        }
        return body;
    }

    private void put(String key, String value) {
        store.put(PREFIX + key, value);
    }

    private String key(String key) {
        return store.dump(PREFIX + key).stream()
                .findFirst()
                .map(entry -> new String(entry.value(), UTF_8))
                .orElse("");
    }

    private final class PlayedPeers implements Peers {
        @Override
        public List<FailsafeAnswer> failsafe(FailsafePing ping, Map<String, String> members, Duration limit) {
            throw new IllegalStateException("no command does that");
        }

        @Override
        public List<PeerAnswer> ask(Collection<Member> members) {
            return members.stream()
                    .map(member -> silent.contains(member.name())
                            ? PeerAnswer.unreachable(member.name(), "planted")
                            : new PeerAnswer(
                                    member.name(),
                                    true,
                                    true,
                                    new Lsn(1),
                                    Timeline.FIRST,
                                    Tags.NONE,
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
