package io.pgha.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.event.Actor;
import io.pgha.core.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that show something, and how the configuration and the cluster are found; see {@link HactlAtWork}. */
class HactlTest extends HactlAtWork {
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
            assertThat(Sample.steady(result.out())).as(command).isEqualTo(sample.output(command));
            assertThat(result.status()).isZero();
        }
    }

    @Test
    void timestampComesFirst() {
        assertThat(hactl("list", "-t").out())
                .matches("(?s)\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\n\\+ Cluster: demo .*");
    }

    @Test
    void armedFencesAreShownWhereMembersTell() {
        world.answers.put("pg1", """
                {"patroni":{"version":"4.1.4"},"server_version":90624,"pgha":{"version":"0.1",
                 "fence":[{"layer":"dead-man","armed":true,"detail":"pid 1"},{"layer":"watchdog","armed":false}]}}""");
        assertThat(hactl("list", "-f", "json").out())
                .contains(
                        "\"Fence\": {\"dead-man\": true, \"watchdog\": false}}, {\"Cluster\": \"demo\", \"Member\": \"pg2\"");
        assertThat(hactl("list").out()).doesNotContain("Fence");
        assertThat(hactl("version", "demo", "pg1", "pg2").out()).isEqualTo("""
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
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("| Promote ×2 |", "\\u001b[2J it is ahead", "pg2: unfit, silent", "the lock was lost")
                .doesNotContain("\u001b");
        assertThat(result.out().indexOf("the lock was lost"))
                .isLessThan(result.out().indexOf("it is ahead"));
        assertThat(result.err()).contains("pg1 does not answer", "what it left in etcd");
        Result json = hactl("events", "-f", "json", "--member", "pg1");
        assertThat(json.out()).contains("\"reason\": \"the lock was lost\"").doesNotContain("it is ahead");
        assertThat(hactl("events", "-f", "yaml", "-m", "pg1").out()).contains("action: Promote");
        assertThat(hactl("events", "-f", "tsv", "-m", "pg1").out()).contains("\tPromote\t");
    }

    @Test
    void eventsOfNobodyAreAnError() {
        assertThat(hactl("events", "-m", "nobody").status()).isEqualTo(1);
        assertThat(hactl("events", "-m", "nobody").err()).contains("cluster demo has no member nobody; it has pg0");
        assertThat(hactl("events", "nosuch").err()).contains("there is no cluster nosuch");
        assertThat(hactl("events", "-n", "0").status()).isEqualTo(2);
    }

    @Test
    void whatDoesNotExistIsAnError() {
        for (String command : List.of("version nosuch", "history nosuch")) {
            Result result = hactl(command.split(" ", -1));
            assertThat(result.status()).as(command).isEqualTo(1);
            assertThat(result.err()).contains("there is no cluster nosuch");
        }
        Result member = hactl("version", "demo", "pg7");
        assertThat(member.status()).isEqualTo(1);
        assertThat(member.err()).contains("cluster demo has no member pg7; it has pg0, pg1, pg2");
        Result list = hactl("list", "nosuch");
        assertThat(list.err()).contains("there is no cluster nosuch");
        assertThat(list.status()).as("as Patroni's").isZero();
    }

    @Test
    void whySaysTheReasonOfEachMember() {
        world.answers.put(
                "pg0",
                "{\"pgha\":{\"rule\":\"leads\",\"reason\":\"the lock is renewed\",\"complaint\":\"PostgreSQL gave up\"}}");
        world.stories.put("pg1", List.of(event(4, "pg1", "the lock was lost")));
        Result result = hactl("why");
        assertThat(result.out())
                .contains("pg0: the lock is renewed (leads)\n    PostgreSQL gave up\n")
                .contains("pg1: does not answer (no answer in time)\n")
                .contains("    last event at 2026-11-21T12:00:00Z: Promote, the lock was lost (rule)\n");
    }

    @Test
    void withoutEtcdTheAgentOfTheConfigurationIsAsked() throws IOException {
        world.silent = true;
        for (String command : List.of("why", "list", "topology")) {
            Result result = hactl(command);
            assertThat(result.out() + result.err()).isEqualTo("Error: etcd (a) cannot be read: no answer\n");
            assertThat(result.status()).isEqualTo(1);
        }
        Files.writeString(
                config, Files.readString(config) + "restapi: {listen: '0.0.0.0:8008', connect_address: 10.0.0.1}\n");
        world.answers.put("pg0", """
                {"state":"running","role":"primary","failsafe_mode_is_active":true,"dcs_last_seen":1795222367,
                 "pgha":{"rule":"asks","reason":"the members are asked","complaint":"disk full","failsafe_mode":true}}""");
        Result why = hactl("why");
        assertThat(why.out())
                .startsWith(
                        "etcd cannot be read. The agent of this configuration, http://10.0.0.1:8008/patroni, says:\n"
                                + "pg0: the members are asked (asks)\n    disk full\n    PostgreSQL is running as primary\n"
                                + "    failsafe mode is active: ")
                .endsWith("    it heard of etcd last at 2026-11-21T00:52:47Z\n");
        assertThat(why.err()).isEqualTo("Error: etcd (a) cannot be read: no answer\n");
        assertThat(why.status()).isEqualTo(1);
        world.answers.put("pg0", "{\"state\":\"stopped\",\"role\":\"replica\",\"pgha\":{\"failsafe_mode\":false}}");
        Result list = hactl("list");
        assertThat(list.out()).isEmpty();
        assertThat(list.err())
                .contains("    PostgreSQL is stopped as replica\n    failsafe mode is off\nError: etcd (a)");
        world.answers.clear();
        assertThat(hactl("why").out()).endsWith("says:\npg0: does not answer (no answer in time)\n");
        assertThat(hactl("why", "other").out()).isEmpty();
    }

    private static Event event(long number, String member, String reason) {
        return Event.of(Instant.parse("2026-11-21T12:00:00Z"), Actor.LOOP, "rule", reason, "Promote")
                .keptAs(member, number);
    }

    @Test
    void versionNeedsNoConfiguration() {
        Result result = bare("version");
        assertThat(result.out()).isEqualTo("hactl version development\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void theClusterMayBeNamedByUrlAndArgument() {
        Result result = bare("-d", "etcd://127.0.0.1:2379/service", "list", "demo");
        assertThat(result.out()).contains("Quorum Standby");
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
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("Error: there is no configuration that says where etcd is")
                .contains("-c FILE", "-d etcd://", "/etc/pgha/pgha.yml", "/etc/patroni/config.yml");
    }

    @Test
    void environmentVariablesNameTheFile() {
        environment.put("PATRONICTL_CONFIG_FILE", config.toString());
        assertThat(bare("list").out()).contains("Cluster: demo");
        environment.put("PATRONICTL_CONFIG_FILE", "/nonexistent.yml");
        assertThat(bare("list").err()).contains("/nonexistent.yml (PATRONICTL_CONFIG_FILE) does not exist");
    }

    @Test
    void aMissingFileIsNamed() {
        Result result = bare("-c", "/nonexistent.yml", "list");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("Error: the configuration file /nonexistent.yml (-c) does not exist\n");
    }

    @Test
    void aBrokenFileIsReportedWithItsLine() throws IOException {
        Files.writeString(config, "scope: demo\nname: [pg0\n");
        Result result = hactl("list");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("pg0.yml:");
    }

    @Test
    void withoutAClusterACommandSaysWhatToPass() throws IOException {
        Files.writeString(config, "etcd3: {host: 127.0.0.1}\n");
        assertThat(hactl("list").status()).isEqualTo(1);
        assertThat(hactl("list").err()).contains("no cluster is named").contains("-c FILE");
        assertThat(hactl("show-config").status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "list --nonsense", "list -f xml", "list -w soon", "show-config a b"})
    void aCommandLineThatMakesNoSenseIsStatusTwo(String line) {
        Result result = hactl(line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--help", "list --help", "topology -h", "help list"})
    void helpIsStatusZero(String line) {
        Result result = bare(line.split(" ", -1));
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("Usage: hactl");
    }

    @Test
    void completionIsGenerated() {
        assertThat(bare("generate-completion").out()).contains("complete -F", "show-config");
    }

    @ParameterizedTest
    @ValueSource(strings = {"consul://h", "etcd://", "ftp://h", "etcd://a b"})
    void aStrangeUrlIsExplained(String url) {
        Result result = bare("-d", url, "list", "demo");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("Error: -d " + url);
    }

    @Test
    void anUnknownClusterHasNoConfiguration() {
        Result result = hactl("show-config", "nosuch");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("cluster nosuch has no dynamic configuration");
    }

    @Test
    void aNegativePeriodIsRefused() {
        assertThat(hactl("list", "-w", "0").err()).contains("above 0");
    }

    @Test
    void theAddressOfAMemberIsPrinted() {
        assertThat(hactl("dsn").out()).isEqualTo("host=127.0.0.1 port=7100\n");
        assertThat(hactl("dsn", "-r", "replica").out()).isEqualTo("host=127.0.0.1 port=7101\n");
        assertThat(hactl("dsn", "-m", "pg2").out()).isEqualTo("host=127.0.0.1 port=7102\n");
        assertThat(hactl("dsn", "-m", "pg9").status()).isEqualTo(1);
        assertThat(hactl("dsn", "-m", "pg2", "-r", "any").status()).isEqualTo(2);
    }
}
