package io.pgha.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.config.ClientConfig;
import io.pgha.config.CtlConfig;
import io.pgha.config.EtcdConfig;
import io.pgha.core.event.Actor;
import io.pgha.core.event.Event;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.Member;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines, their output and their exit status; etcd and the members are played by recorded samples. */
class HactlTest {
    @TempDir
    Path folder;

    private final Played world = new Played(Sample.read("06-quorum-mode-and-failsafe"));
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path config = Path.of("");
    private String typed = "";

    @BeforeEach
    void writeConfiguration() throws IOException {
        config = Files.writeString(
                folder.resolve("pg0.yml"), "scope: demo\nname: pg0\netcd3:\n  hosts: 127.0.0.1:21510\n");
    }

    /** What a command line gave. */
    private record Result(int status, String out, String err) {}

    static Stream<Sample> samples() {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void commandsPrintWhatPatronisToolPrints(Sample sample) {
        world.sample = sample;
        for (String command : List.of(
                "list",
                "list -e",
                "list -f json",
                "list -f tsv",
                "list -f yaml",
                "list nosuch",
                "topology",
                "history",
                "history -f json",
                "show-config")) {
            Result result = hactl(command.split(" ", -1));
            assertThat(Sample.steady(result.out)).as(command).isEqualTo(sample.output(command));
            assertThat(result.status).isZero();
        }
    }

    @Test
    void timestampComesFirst() {
        assertThat(hactl("list", "-t").out)
                .matches("(?s)\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\n\\+ Cluster: demo .*");
    }

    @Test
    void armedFencesAreShownWhereMembersTell() {
        world.answers.put("pg1", """
                {"patroni":{"version":"4.1.4"},"server_version":90624,"pgha":{"version":"0.1",
                 "fence":[{"layer":"dead-man","armed":true,"detail":"pid 1"},{"layer":"watchdog","armed":false}]}}""");
        assertThat(hactl("list", "-f", "json").out)
                .contains(
                        "\"Fence\": {\"dead-man\": true, \"watchdog\": false}}, {\"Cluster\": \"demo\", \"Member\": \"pg2\"");
        assertThat(hactl("list").out).doesNotContain("Fence");
        assertThat(hactl("version", "demo", "pg1", "pg2").out).isEqualTo("""
                hactl version development

                pg1: Patroni 4.1.4 PostgreSQL 9.6.24 (pgha 0.1)
                pg2: failed to get version: no answer in time
                """);
    }

    @Test
    void eventsOfTheLivingAndTheDeadAreShown() {
        world.stories.put("pg1", List.of(event(4, "pg1", "the lock was lost")));
        world.replies.put("GET /events?limit=20", new MemberClient.Answered(200, """
                {"member":"pg0","events":[{"number":9,"at":"2026-11-21T12:00:05Z","member":"pg0","rule":"r","action":"Promote",
                "reason":"\\u001b[2J it is ahead","candidates":[{"member":"pg2","fit":false,"reason":"silent"}],"times":2},"x"]}"""));
        world.gone.add("pg1");
        Result result = hactl("events");
        assertThat(result.status).isZero();
        assertThat(result.out)
                .contains("| Promote ×2 |", "\\u001b[2J it is ahead", "pg2: unfit, silent", "the lock was lost")
                .doesNotContain("\u001b");
        assertThat(result.out.indexOf("the lock was lost")).isLessThan(result.out.indexOf("it is ahead"));
        assertThat(result.err).contains("pg1 does not answer", "what it left in etcd");
        Result json = hactl("events", "-f", "json", "--member", "pg1");
        assertThat(json.out).contains("\"reason\": \"the lock was lost\"").doesNotContain("it is ahead");
        assertThat(hactl("events", "-f", "yaml", "-m", "pg1").out).contains("action: Promote");
        assertThat(hactl("events", "-f", "tsv", "-m", "pg1").out).contains("\tPromote\t");
    }

    @Test
    void eventsOfNobodyAreAnError() {
        assertThat(hactl("events", "-m", "nobody").status).isEqualTo(1);
        assertThat(hactl("events", "-m", "nobody").err).contains("cluster demo has no member nobody; it has pg0");
        assertThat(hactl("events", "nosuch").err).contains("there is no cluster nosuch");
        assertThat(hactl("events", "-n", "0").status).isEqualTo(2);
    }

    @Test
    void whatDoesNotExistIsAnError() {
        for (String command : List.of("version nosuch", "history nosuch")) {
            Result result = hactl(command.split(" ", -1));
            assertThat(result.status).as(command).isEqualTo(1);
            assertThat(result.err).contains("there is no cluster nosuch");
        }
        Result member = hactl("version", "demo", "pg7");
        assertThat(member.status).isEqualTo(1);
        assertThat(member.err).contains("cluster demo has no member pg7; it has pg0, pg1, pg2");
        Result list = hactl("list", "nosuch");
        assertThat(list.err).contains("there is no cluster nosuch");
        assertThat(list.status).as("as Patroni's").isZero();
    }

    @Test
    void whySaysTheReasonOfEachMember() {
        world.answers.put(
                "pg0",
                "{\"pgha\":{\"rule\":\"leads\",\"reason\":\"the lock is renewed\",\"complaint\":\"PostgreSQL gave up\"}}");
        world.stories.put("pg1", List.of(event(4, "pg1", "the lock was lost")));
        Result result = hactl("why");
        assertThat(result.out)
                .contains("pg0: the lock is renewed (leads)\n    PostgreSQL gave up\n")
                .contains("pg1: does not answer (no answer in time)\n")
                .contains("    last event at 2026-11-21T12:00:00Z: Promote, the lock was lost (rule)\n");
    }

    @Test
    void withoutEtcdTheAgentOfTheConfigurationIsAsked() throws IOException {
        world.silent = true;
        for (String command : List.of("why", "list", "topology")) {
            Result result = hactl(command);
            assertThat(result.out + result.err).isEqualTo("Error: etcd (a) cannot be read: no answer\n");
            assertThat(result.status).isEqualTo(1);
        }
        Files.writeString(
                config, Files.readString(config) + "restapi: {listen: '0.0.0.0:8008', connect_address: 10.0.0.1}\n");
        world.answers.put("pg0", """
                {"state":"running","role":"primary","failsafe_mode_is_active":true,"dcs_last_seen":1795222367,
                 "pgha":{"rule":"asks","reason":"the members are asked","complaint":"disk full","failsafe_mode":true}}""");
        Result why = hactl("why");
        assertThat(why.out)
                .startsWith(
                        "etcd does not answer. The agent of this configuration, http://10.0.0.1:8008/patroni, says:\n"
                                + "pg0: the members are asked (asks)\n    disk full\n    PostgreSQL is running as primary\n"
                                + "    failsafe mode is active: ")
                .endsWith("    it heard of etcd last at 2026-11-21T00:52:47Z\n");
        assertThat(why.err).isEqualTo("Error: etcd (a) cannot be read: no answer\n");
        assertThat(why.status).isEqualTo(1);
        world.answers.put("pg0", "{\"state\":\"stopped\",\"role\":\"replica\",\"pgha\":{\"failsafe_mode\":false}}");
        Result list = hactl("list");
        assertThat(list.out).isEmpty();
        assertThat(list.err)
                .contains("    PostgreSQL is stopped as replica\n    failsafe mode is off\nError: etcd (a)");
        world.answers.clear();
        assertThat(hactl("why").out).endsWith("says:\npg0: does not answer (no answer in time)\n");
        assertThat(hactl("why", "other").out).isEmpty();
    }

    private static Event event(long number, String member, String reason) {
        return Event.of(Instant.parse("2026-11-21T12:00:00Z"), Actor.LOOP, "rule", reason, "Promote")
                .keptAs(member, number);
    }

    @Test
    void versionNeedsNoConfiguration() {
        Result result = bare("version");
        assertThat(result.out).isEqualTo("hactl version development\n");
        assertThat(result.status).isZero();
    }

    @Test
    void theClusterMayBeNamedByUrlAndArgument() {
        Result result = bare("-d", "etcd://127.0.0.1:2379/service", "list", "demo");
        assertThat(result.out).contains("Quorum Standby");
        assertThat(world.namespaces).containsOnly("service");
    }

    @Test
    void theUrlBringsItsNamespace() {
        bare("-d", "etcd3://h1/one/two/", "list", "demo");
        environment.put("DCS_URL", "etcd://h2:2379");
        bare("list", "demo");
        assertThat(world.namespaces).containsExactly("one/two", "service");
    }

    @Test
    void withoutAnyConfigurationItSaysWhatToPass() {
        Result result = bare("list", "demo");
        assertThat(result.status).isEqualTo(1);
        assertThat(result.err)
                .startsWith("Error: there is no configuration that says where etcd is")
                .contains("-c FILE", "-d etcd://", "/etc/pgha/pgha.yml", "/etc/patroni/config.yml");
    }

    @Test
    void environmentVariablesNameTheFile() {
        environment.put("PATRONICTL_CONFIG_FILE", config.toString());
        assertThat(bare("list").out).contains("Cluster: demo");
        environment.put("PATRONICTL_CONFIG_FILE", "/nonexistent.yml");
        assertThat(bare("list").err).contains("/nonexistent.yml (PATRONICTL_CONFIG_FILE) does not exist");
    }

    @Test
    void aMissingFileIsNamed() {
        Result result = bare("-c", "/nonexistent.yml", "list");
        assertThat(result.status).isEqualTo(1);
        assertThat(result.err).isEqualTo("Error: the configuration file /nonexistent.yml (-c) does not exist\n");
    }

    @Test
    void aBrokenFileIsReportedWithItsLine() throws IOException {
        Files.writeString(config, "scope: demo\nname: [pg0\n");
        Result result = hactl("list");
        assertThat(result.status).isEqualTo(1);
        assertThat(result.err).contains("pg0.yml:");
    }

    @Test
    void withoutAClusterACommandSaysWhatToPass() throws IOException {
        Files.writeString(config, "etcd3: {host: 127.0.0.1}\n");
        assertThat(hactl("list").status).isEqualTo(1);
        assertThat(hactl("list").err).contains("no cluster is named").contains("-c FILE");
        assertThat(hactl("show-config").status).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "list --nonsense", "list -f xml", "list -w soon", "show-config a b"})
    void aCommandLineThatMakesNoSenseIsStatusTwo(String line) {
        Result result = hactl(line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(result.status).isEqualTo(2);
        assertThat(result.err).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--help", "list --help", "topology -h", "help list"})
    void helpIsStatusZero(String line) {
        Result result = bare(line.split(" ", -1));
        assertThat(result.status).isZero();
        assertThat(result.out).contains("Usage: hactl");
    }

    @Test
    void completionIsGenerated() {
        assertThat(bare("generate-completion").out).contains("complete -F", "show-config");
    }

    @ParameterizedTest
    @ValueSource(strings = {"consul://h", "etcd://", "ftp://h", "etcd://a b"})
    void aStrangeUrlIsExplained(String url) {
        Result result = bare("-d", url, "list", "demo");
        assertThat(result.status).isEqualTo(1);
        assertThat(result.err).startsWith("Error: -d " + url);
    }

    @Test
    void anUnknownClusterHasNoConfiguration() {
        Result result = hactl("show-config", "nosuch");
        assertThat(result.status).isEqualTo(1);
        assertThat(result.err).contains("cluster nosuch has no dynamic configuration");
    }

    @Test
    void aNegativePeriodIsRefused() {
        assertThat(hactl("list", "-w", "0").err).contains("above 0");
    }

    @Test
    void aClusterThatIsAskedToFollowIsToldWhom() {
        Result nobody = hactl("demote-cluster", "demo", "--primary-slot-name", "x", "--force");
        assertThat(nobody.status).isEqualTo(1);
        assertThat(nobody.err).contains("--host, --port or --restore-command");
        assertThat(world.sent).isEmpty();
    }

    @Test
    void aChangeOfTheClustersRoleIsConfirmedAndSentToTheLeader() {
        typed = "n\n";
        assertThat(hactl("demote-cluster", "demo", "--host", "10.1.0.1").err).contains("Aborted");
        assertThat(world.sent).isEmpty();
        world.replies.put("PATCH /config", new MemberClient.Answered(409, "changed at the same moment"));
        Result refused = hactl("demote-cluster", "demo", "--host", "10.1.0.1", "--port", "5433", "--force");
        assertThat(refused.status).isEqualTo(1);
        assertThat(refused.err).contains("409, changed at the same moment");
        assertThat(world.sent).containsExactly("PATCH pg0/config {standby_cluster={host=10.1.0.1, port=5433}}");
    }

    @Test
    void aClusterThatFollowsNobodyIsNotPromoted() {
        Result result = hactl("promote-cluster", "demo", "--force");
        assertThat(result.status).isEqualTo(1);
        assertThat(result.err).contains("already in the required state");
        assertThat(world.sent).isEmpty();
    }

    @Test
    void aSwitchoverShowsTheClusterBeforeAndAfter() {
        world.replies.put("POST /switchover", new MemberClient.Answered(200, "Successfully switched over to \"pg1\""));
        Result result = hactl("switchover", "demo", "--leader", "pg0", "--candidate", "pg1", "--force");
        assertThat(result.out)
                .matches("(?s)Current cluster topology\n\\+ Cluster: demo .*\n"
                        + "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{5} Successfully switched over to \"pg1\"\n"
                        + "\\+ Cluster: demo .*");
        assertThat(result.status).isZero();
        assertThat(world.sent).containsExactly("POST pg0/switchover {leader=pg0, candidate=pg1}");
    }

    @Test
    void whoeverHandsOverIsToldOfLogicalSlotsThatAreNotReady() {
        world.dynamic = Map.of(
                "slots",
                Map.of("feed", Map.of("type", "logical", "database", "app", "plugin", "pgoutput"), "copy", Map.of()));
        world.replies.put("POST /switchover", new MemberClient.Answered(200, "Switched over"));
        world.answers.put("pg1", "{\"pgha\":{\"slots\":{\"feed\":{\"ready\":false,\"reason\":\"no copy\"}}}}");
        Result named = hactl("switchover", "--candidate", "pg1", "--force");
        assertThat(named.err)
                .isEqualTo("Warning: pg1, logical slot feed: not ready, no copy. Its consumers may miss changes after a"
                        + " switchover\n");
        assertThat(named.status).isZero();
        assertThat(world.sent).hasSize(1);
        assertThat(hactl("why").out).contains("    logical slot feed is not ready: no copy\n");
        world.answers.put("pg1", "{\"pgha\":{\"slots\":{\"feed\":{\"ready\":true,\"reason\":\"\"}}}}");
        assertThat(hactl("switchover", "--force").err)
                .contains("pg2, logical slot feed: not known whether it is ready, the member does not answer")
                .doesNotContain("pg1");
        world.answers.put("pg2", "{\"state\":\"running\"}");
        typed = "n\n";
        assertThat(hactl("failover", "--candidate", "pg2").err)
                .startsWith("Warning: pg2, logical slot feed: not known whether it is ready, the member does not say.");
        world.answers.put("pg2", "{\"pgha\":{\"slots\":{}}}");
        assertThat(hactl("failover", "--candidate", "pg2", "--force").err)
                .contains("not ready, this member keeps none");
    }

    @Test
    void whatIsNotGivenIsAskedFor() {
        world.replies.put("POST /switchover", new MemberClient.Answered(202, "Switchover scheduled"));
        typed = "\npg2\n2099-01-01T00:00Z\ny\n";
        Result result = hactl("switchover");
        assertThat(result.out)
                .contains("Primary [pg0]: ", "Candidate [pg1, pg2] []: ", "[now]: ")
                .contains("switchover cluster demo, demoting current leader pg0 at 2099-01-01T00:00:00+00:00? [y/N]: ");
        assertThat(world.sent)
                .containsExactly(
                        "POST pg0/switchover {leader=pg0, candidate=pg2, scheduled_at=2099-01-01T00:00:00+00:00}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n", "\n\n\n", "\n\n\nn\n"})
    void whoeverDoesNotSayYesHasBrokenOff(String answers) {
        typed = answers;
        Result result = hactl("switchover");
        assertThat(result.status).isEqualTo(1);
        assertThat(result.err).isEqualTo("Error: Aborted\n");
        assertThat(world.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "switchover --leader pg1 --force,Member pg1 is not the leader of cluster demo",
        "switchover --candidate pg9 --force,Member pg9 does not exist in cluster demo",
        "switchover --candidate pg1 --scheduled soon --force,Unable to parse scheduled timestamp",
        "failover --candidate pg0 --force,Member pg0 is already the leader of cluster demo",
        "failover --force,Failover could be performed only to a specific candidate",
    })
    void ordersThatMakeNoSenseAreErrors(String line, String error) {
        Result result = hactl(line.split(" ", -1));
        assertThat(result.status).isEqualTo(1);
        assertThat(result.err).startsWith("Error: " + error);
        assertThat(world.sent).isEmpty();
    }

    @Test
    void aRefusalIsPrintedAndIsNoError() {
        world.replies.put("POST /failover", new MemberClient.Answered(503, "Failover status unknown"));
        Result unknown = hactl("failover", "--candidate", "pg1", "--force");
        assertThat(unknown.out).endsWith("\nFailover result unknown, details: 503, Failover status unknown\n");
        assertThat(unknown.status).isZero();
        world.replies.put("POST /switchover", new MemberClient.Answered(412, "candidate does not exists"));
        assertThat(hactl("switchover", "--force").out)
                .endsWith("\nSwitchover failed, details: 412, candidate does not exists\n");
        assertThat(world.written).isEmpty();
    }

    @Test
    void withoutAMemberThatAnswersTheRequestGoesToTheDcs() {
        assertThat(hactl("switchover", "--candidate", "pg1", "--force").out).contains("falling back to DCS");
        assertThat(world.written)
                .singleElement()
                .asString()
                .contains("leader=Optional[pg0]", "candidate=Optional[pg1]", "scheduledAt=Optional.empty");
    }

    @Test
    void pauseAsksTheLeaderAndWaitsForAll() {
        world.replies.put("PATCH /config", new MemberClient.Answered(200, "{}"));
        Result result = hactl("pause", "--wait");
        assertThat(result.out).isEqualTo("""
                'pause' request sent, waiting until it is recognized by all nodes
                Success: cluster management is paused
                """);
        assertThat(result.status).isZero();
        assertThat(world.sent).containsExactly("PATCH pg0/config {pause=true}");
        assertThat(hactl("list").out).endsWith(" Maintenance mode: on\n");
        assertThat(hactl("pause").err).isEqualTo("Error: Cluster is already paused\n");
    }

    @Test
    void resumeEndsThePause() {
        world.sample = Sample.read("04-paused");
        world.replies.put("PATCH /config", new MemberClient.Answered(200, "{}"));
        assertThat(hactl("resume", "demo").out).isEqualTo("Success: cluster management is resumed\n");
        assertThat(world.sent).containsExactly("PATCH pg0/config {pause=null}");
        Result again = hactl("resume", "demo");
        assertThat(again.err).isEqualTo("Error: Cluster is not paused\n");
        assertThat(again.status).isEqualTo(1);
    }

    @Test
    void pauseTriesOneMemberAfterTheOther() {
        assertThat(hactl("pause").err).isEqualTo("Error: Can not find accessible cluster member\n");
        assertThat(world.sent)
                .containsExactly(
                        "PATCH pg0/config {pause=true}",
                        "PATCH pg1/config {pause=true}",
                        "PATCH pg2/config {pause=true}");
        world.replies.put("PATCH /config", new MemberClient.Answered(401, "not authenticated"));
        world.obeys = false;
        Result refused = hactl("pause");
        assertThat(refused.out).isEqualTo("Failed: pause cluster management status code=401, (not authenticated)\n");
        assertThat(refused.status).isZero();
    }

    @Test
    void aChangedConfigurationIsShownAndWritten() {
        Result result =
                hactl("edit-config", "-s", "synchronous_mode=true", "-p", "a.b=on", "-s", "mine.x=1", "--force");
        assertThat(result.err).matches("Warning: mine: is not known, it has no effect; .*\n");
        assertThat(result.out)
                .startsWith("--- \n+++ \n@@ ")
                .contains("\n-synchronous_mode: quorum\n", "\n+synchronous_mode: true\n", "\n+    a.b: true\n")
                .contains("\n+mine:\n+  x: 1\n")
                .endsWith("\nConfiguration changed\n");
        assertThat(world.written).singleElement().asString().contains("synchronous_mode=true", "mine={x=1}");
    }

    @Test
    void aConfigurationComesFromAFileOrFromStandardInput() throws IOException {
        Path file = Files.writeString(folder.resolve("new.yml"), "ttl: 40\nfailsafe_mode: null\n");
        typed = "y\n";
        assertThat(hactl("edit-config", "-q", "--apply", file.toString()).out)
                .isEqualTo("Apply these changes? [y/N]: Configuration changed\n");
        typed = "{}\n";
        Result nothing = hactl("edit-config", "-q", "--replace", "-", "--force");
        assertThat(nothing.status).isEqualTo(1);
        assertThat(nothing.err).contains("is empty: all settings would be gone");
        typed = "ttl: 40\n";
        assertThat(hactl("edit-config", "-q", "--replace", "-", "--force").status)
                .isZero();
        assertThat(world.written).last().isEqualTo("config {ttl=40}");
        assertThat(hactl("edit-config", "-q", "--replace", "-").out).contains("--force");
    }

    @Test
    void whatChangesNothingOrCannotBeUsedIsNotWritten() {
        assertThat(hactl("edit-config", "-s", "synchronous_mode=quorum", "--force").out)
                .isEqualTo("Not changed\n");
        assertThat(hactl("edit-config", "-s", "ttl=soon", "--force").err).contains("ttl");
        assertThat(hactl("edit-config", "-p", "work_mem=much", "-s", "slots.Bad=null", "-s", "slots.Bad.x=1", "--force")
                        .err)
                .contains(
                        "nothing was changed",
                        "slots.Bad: is no name for a slot",
                        "postgresql.parameters.work_mem: is \"much\"");
        assertThat(hactl("edit-config", "--apply", "/nonexist", "--force").err)
                .isEqualTo("Error: /nonexist cannot be read: there is no such file\n");
        assertThat(hactl("edit-config", "--apply", folder.toString()).err).doesNotContain("Exception");
        assertThat(hactl("edit-config", "-s", "ttl", "--force").err).contains("KEY=VALUE");
        assertThat(world.written).isEmpty();
        world.conflict = true;
        assertThat(hactl("edit-config", "-s", "ttl=40", "--force").err).contains("concurrent changes");
    }

    @Test
    void everyMemberIsToldToReload() {
        world.replies.put("POST /reload", new MemberClient.Answered(202, "reload scheduled"));
        assertThat(hactl("reload", "demo", "--force").out)
                .contains("Reload request received for member pg0 and will be processed within 3 seconds\n");
        assertThat(world.sent).containsExactly("POST pg0/reload", "POST pg1/reload", "POST pg2/reload");
        assertThat(hactl("reload", "demo", "pg0", "-r", "replica", "--force").status)
                .isEqualTo(1);
    }

    @Test
    void aScheduledSwitchoverIsFlushed() {
        assertThat(hactl("flush", "demo", "switchover").out).isEqualTo("No pending scheduled switchover\n");
        world.sample = Sample.read("02-switchover-and-restart-scheduled");
        assertThat(hactl("flush", "demo", "switchover").out).contains("deleted in the DCS");
        assertThat(world.written).hasSize(1);
        world.replies.put("DELETE /switchover", new MemberClient.Answered(200, "scheduled switchover deleted"));
        assertThat(hactl("flush", "demo", "switchover").out).isEqualTo("Success: scheduled switchover deleted\n");
        assertThat(world.sent).last().isEqualTo("DELETE pg0/switchover");
    }

    @Test
    void membersAreRestarted() {
        world.sample = Sample.read("03-pending-restart");
        world.replies.put("POST /restart", new MemberClient.Answered(200, "restarted successfully"));
        assertThat(hactl("restart", "demo", "--pending", "--force").out)
                .endsWith(
                        "Success: restart on member pg1\nSuccess: restart on member pg2\nSuccess: restart on member pg0\n");
        // max_connections is raised: the standbys need it before the primary has it.
        assertThat(world.sent).first().isEqualTo("POST pg1/restart {restart_pending=true}");
        world.sent.clear();
        hactl("restart", "demo", "pg1", "pg2", "--any", "--force", "--pg-version", "15.3", "--timeout", "5min");
        assertThat(world.sent)
                .singleElement()
                .asString()
                .matches("POST pg[12]/restart \\{postgres_version=15.3, timeout=5min}");
    }

    @Test
    void afterAServerThatDidNotComeUpAgainNoOtherIsRestarted() {
        world.replies.put("POST /restart", new MemberClient.Answered(503, "restart failed: FATAL: no such library"));
        Result result = hactl("restart", "demo", "--force");
        assertThat(world.sent).hasSize(1);
        assertThat(result.status).isEqualTo(1);
        assertThat(result.err).startsWith("Error: not restarted: ").contains("did not come up again");
    }

    @Test
    void aRefusedRestartIsPrintedAndTheOthersFollow() {
        world.replies.put("POST /restart", new MemberClient.Answered(503, "restart conditions are not satisfied"));
        Result refused = hactl("restart", "demo", "--force");
        assertThat(world.sent).hasSize(3);
        assertThat(refused.status).as("as Patroni's").isZero();
        world.gone.add("pg1");
        Result unreached = hactl("restart", "demo", "--force");
        assertThat(unreached.out)
                .endsWith("Failed: restart for member pg0, status code=503, (restart conditions are not satisfied)\n");
        assertThat(unreached.err).isEqualTo("Error: no answer to restart from: pg1\n");
        assertThat(unreached.status).isEqualTo(1);
        for (String command : List.of("reload demo --force", "reinit demo pg1 --force")) {
            assertThat(hactl(command.split(" ", -1)).err).as(command).contains("no answer to", "pg1");
        }
    }

    @Test
    void thePrimaryIsNotRestartedWithMoreThanAStandbyGot() {
        world.sample = Sample.read("03-pending-restart");
        world.gone.add("pg1");
        world.replies.put("POST /restart", new MemberClient.Answered(200, "restarted successfully"));
        Result result = hactl("restart", "demo", "--force");
        assertThat(world.sent).containsExactly("POST pg1/restart");
        assertThat(result.out).endsWith("Failed: restart for member pg1, (cannot connect)\n");
        assertThat(result.err)
                .isEqualTo("Error: not restarted: pg2, pg0. They come after pg1, which waits for max_connections:"
                        + " a standby must not have less of it than its primary. Mend pg1, then restart again\n");
        assertThat(result.status).isEqualTo(1);
    }

    @Test
    void aRestartIsAskedFor() {
        world.replies.put("POST /restart", new MemberClient.Answered(503, "restart conditions are not satisfied"));
        typed = "\n\ny\n";
        assertThat(hactl("restart", "demo", "-r", "leader").out)
                .endsWith("Failed: restart for member pg0, status code=503, (restart conditions are not satisfied)\n");
        typed = "now\n\nn\n";
        assertThat(hactl("restart", "demo").status).isEqualTo(1);
        assertThat(world.sent).containsExactly("POST pg0/restart");
        assertThat(hactl("restart", "demo", "--force", "--scheduled", "soon").status)
                .isEqualTo(1);
    }

    @Test
    void aRestartIsScheduledAndForgotten() {
        world.sample = Sample.read("02-switchover-and-restart-scheduled");
        world.replies.put("POST /restart", new MemberClient.Answered(202, "Restart scheduled"));
        world.replies.put("DELETE /restart", new MemberClient.Answered(200, "scheduled restart deleted"));
        assertThat(hactl("restart", "demo", "pg1", "--scheduled", "2099-01-02T00:00+00:00", "--force").out)
                .endsWith("Success: restart scheduled on member pg1\n");
        assertThat(world.sent)
                .containsExactly("DELETE pg1/restart", "POST pg1/restart {schedule=2099-01-02T00:00:00+00:00}");
        assertThat(hactl("flush", "demo", "restart", "--force").out)
                .endsWith("No scheduled restart for member pg0\n"
                        + "Success: flush scheduled restart for member pg1\nNo scheduled restart for member pg2\n");
        assertThat(hactl("flush", "demo", "pg0", "nonsense").status).isEqualTo(2);
        world.replies.put("POST /restart", new MemberClient.Answered(409, "Another restart is already scheduled"));
        typed = "2099-01-02T00:00+00:00\n\ny\n";
        assertThat(hactl("restart", "demo", "pg1").out)
                .endsWith("Failed: another restart is already scheduled on member pg1\n");
    }

    @Test
    void dataIsReplacedAndWaitedFor() {
        world.replies.put("POST /reinitialize", new MemberClient.Answered(200, "reinitialize started"));
        world.answers.put("pg2", "{\"state\":\"running\",\"pgha\":{}}");
        assertThat(hactl("reinit", "demo", "pg2", "--force", "--wait").out)
                .endsWith("Success: reinitialize for member pg2\nWaiting for reinitialize to complete on: pg2\n"
                        + "Reinitialize is completed on: pg2\n");
        assertThat(world.sent).containsExactly("POST pg2/reinitialize {force=true, from_leader=false}");
        assertThat(hactl("reinit", "demo", "--force").status).isEqualTo(1);
    }

    @Test
    void aCopyThatWasNotMadeIsAFailure() {
        world.replies.put("POST /reinitialize", new MemberClient.Answered(200, "reinitialize started"));
        world.answers.put("pg2", copied("2026-11-21T01:00:00Z", "done", ""));
        world.afterwards.put(
                "pg2", copied("2026-11-21T02:00:00Z", "failed", "no space; the old data is back in its place"));
        Result run = hactl("reinit", "demo", "pg2", "--force", "--wait");
        assertThat(run.out)
                .endsWith("Failed: reinitialize on pg2: failed, no space; the old data is back in its place\n");
        assertThat(run.err).contains("not reinitialized: pg2");
        assertThat(run.status).isEqualTo(1);
        world.afterwards.put("pg2", copied("2026-11-21T03:00:00Z", "done", "copied"));
        assertThat(hactl("reinit", "demo", "pg2", "--force", "--wait").out)
                .endsWith("Reinitialize is completed on: pg2\n");
    }

    private static String copied(String at, String outcome, String message) {
        return "{\"state\":\"running\",\"pgha\":{\"version\":\"1\",\"last_jobs\":{\"reinitialize\":{\"outcome\":\""
                + outcome + "\",\"message\":\"" + message + "\",\"at\":\"" + at + "\"}}}}";
    }

    @Test
    void aBusyMemberIsForcedOnlyWhenThatIsWanted() {
        world.replies.put("POST /reinitialize", new MemberClient.Answered(503, "pg_rewind already in progress"));
        typed = "pg2\ny\ny\n";
        assertThat(hactl("reinit", "demo", "--from-leader").out)
                .endsWith("Failed: reinitialize for member pg2, status code=503, (pg_rewind already in progress)\n");
        assertThat(world.sent)
                .containsExactly(
                        "POST pg2/reinitialize {force=false, from_leader=true}",
                        "POST pg2/reinitialize {force=true, from_leader=true}");
    }

    @Test
    void nothingIsScheduledWhileTheClusterIsPaused() {
        world.sample = Sample.read("04-paused");
        assertThat(hactl("restart", "demo", "--force", "--scheduled", "2099-01-02T00:00+00:00").err)
                .contains("Can't schedule restart in the paused state");
    }

    @Test
    void aClusterIsRemovedOnlyByWhoeverTypesAllThreeAnswers() {
        typed = "demo\nYes I am aware\npg1\n";
        assertThat(hactl("remove", "demo").status).isEqualTo(1);
        assertThat(world.written).isEmpty();
        typed = "demo\nYes I am aware\npg0\n";
        assertThat(hactl("remove", "demo").status).isZero();
        assertThat(world.written).containsExactly("remove demo");
    }

    @Test
    void theAddressOfAMemberIsPrinted() {
        assertThat(hactl("dsn").out).isEqualTo("host=127.0.0.1 port=7100\n");
        assertThat(hactl("dsn", "-r", "replica").out).isEqualTo("host=127.0.0.1 port=7101\n");
        assertThat(hactl("dsn", "-m", "pg2").out).isEqualTo("host=127.0.0.1 port=7102\n");
        assertThat(hactl("dsn", "-m", "pg9").status).isEqualTo(1);
        assertThat(hactl("dsn", "-m", "pg2", "-r", "any").status).isEqualTo(2);
    }

    private Result hactl(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-c", config.toString()));
        all.addAll(List.of(arguments));
        return bare(all.toArray(String[]::new));
    }

    private Result bare(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Hactl.run(
                world,
                environment,
                new StringReader(typed),
                new PrintWriter(out),
                new PrintWriter(err, true),
                arguments);
        return new Result(status, out.toString(), err.toString());
    }

    /** A DCS that holds a sample, and members that answer what they are told to. */
    private static final class Played implements Backend, MemberClient {
        private Sample sample;
        private final Map<String, String> answers = new LinkedHashMap<>();
        /** What they answer once something was sent to one of them. */
        private final Map<String, String> afterwards = new LinkedHashMap<>();

        private final List<String> namespaces = new ArrayList<>();
        private final Map<String, MemberClient.Reply> replies = new LinkedHashMap<>();
        private final List<String> sent = new ArrayList<>();
        private final List<String> written = new ArrayList<>();
        /** In place of the sample's, unless empty. */
        private Map<String, Object> dynamic = Map.of();

        private boolean silent;
        private boolean conflict;
        private boolean obeys = true;

        private final Map<String, List<Event>> stories = new LinkedHashMap<>();
        private final List<String> gone = new ArrayList<>();

        Played(Sample sample) {
            this.sample = sample;
        }

        @Override
        public ClusterStore store(EtcdConfig etcd, ClientConfig config, String namespace) {
            namespaces.add(namespace);
            return new ClusterStore() {
                @Override
                public ClusterView read(String cluster) {
                    if (silent) {
                        throw new DcsSilentException("etcd (a) cannot be read: no answer");
                    }
                    ClusterView view = sample.cluster(cluster);
                    return dynamic.isEmpty() ? view : Sample.with(view, dynamic);
                }

                @Override
                public void writeFailover(String cluster, FailoverRequest request) {
                    written.add("failover " + request);
                }

                @Override
                public boolean writeConfig(String cluster, Map<String, Object> config, long modRevision) {
                    written.add("config " + config);
                    return !conflict;
                }

                @Override
                public Map<String, List<Event>> events(String cluster) {
                    return stories;
                }

                @Override
                public void remove(String cluster) {
                    written.add("remove " + cluster);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public MemberClient members(CtlConfig config) {
            return this;
        }

        @Override
        public Reply send(Member member, String method, String path, Map<String, Object> body, Duration deadline) {
            sent.add(method + " " + member.name() + path + (body.isEmpty() ? "" : " " + body));
            answers.putAll(afterwards);
            if (method.equals("PATCH") && obeys && replies.containsKey(method + " " + path)) {
                sample = Sample.read(body.containsValue(true) ? "04-paused" : "01-three-nodes-streaming");
            }
            return gone.contains(member.name())
                    ? new Unreached("cannot connect")
                    : replies.getOrDefault(method + " " + path, new Unreached("cannot connect"));
        }

        @Override
        public Map<String, MemberClient.Answer> ask(Collection<Member> members, Duration deadline) {
            Map<String, MemberClient.Answer> given = new LinkedHashMap<>();
            members.forEach(member -> given.put(
                    member.name(),
                    answers.containsKey(member.name())
                            ? new MemberClient.Status(status(answers.get(member.name())))
                            : new MemberClient.Silent("no answer in time")));
            return given;
        }

        private static MemberStatus status(String json) {
            try {
                return new MemberStatus(new ObjectMapper().readTree(json));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
