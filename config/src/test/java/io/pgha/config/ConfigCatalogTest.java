package io.pgha.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.source.Problem;
import io.pgha.config.source.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to whoever changes the cluster-wide configuration. */
class ConfigCatalogTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql: {parameters: {max_connections: abc}}   | postgresql.parameters.max_connections | a whole number",
                "postgresql: {parameters: {work_mem: plenty}}       | postgresql.parameters.work_mem        | a number with a unit",
                "postgresql: {parameters: {work_mem: 5min}}         | postgresql.parameters.work_mem        | a number with a unit",
                "postgresql: {parameters: {autovacuum: sometimes}}  | postgresql.parameters.autovacuum      | on or off",
                "postgresql: {parameters: {log_statement: some}}    | postgresql.parameters.log_statement   | one of none",
                "postgresql: {parameters_replica: {jit: maybe}}     | postgresql.parameters_replica.jit     | on or off",
                "postgresql: {parameters: {a.b: [1]}}               | postgresql.parameters.a.b             | a single value",
                "postgresql: {parameters: {shared_buffers: 1}}      | postgresql.parameters.shared_buffers  | from 128kB to 8589934584kB (a bare number counts in 8kB)",
                "postgresql: {parameters: {shared_buffers: 100kB}}  | postgresql.parameters.shared_buffers  | from 128kB",
                "postgresql: {parameters: {work_mem: 1}}            | postgresql.parameters.work_mem        | from 64kB",
                "postgresql: {parameters: {maintenance_work_mem: 1}} | postgresql.parameters.maintenance_work_mem | from 1MB to 2147483647kB (a bare number counts in kB); or a value from 64kB",
                "postgresql: {parameters: {max_wal_size: 1MB}}      | postgresql.parameters.max_wal_size    | from 2MB",
                "postgresql: {parameters: {checkpoint_timeout: 5}}  | postgresql.parameters.checkpoint_timeout | from 30s to 86400s",
                "postgresql: {parameters: {wal_writer_delay: 1min}} | postgresql.parameters.wal_writer_delay | from 1ms to 10000ms",
                "postgresql: {parameters: {random_page_cost: -1}}   | postgresql.parameters.random_page_cost | from 0",
                "postgresql: {parameters: {geqo_selection_bias: 3}} | postgresql.parameters.geqo_selection_bias | from 1.5 to 2",
                "postgresql: {parameters_primary: {temp_buffers: 1}} | postgresql.parameters_primary.temp_buffers | from 800kB",
                "slots: {Bad-Name: }                                | slots.Bad-Name                        | lower-case",
                "slots: {a: {type: logical, plugin: pgoutput}}      | slots.a                               | database and plugin",
                "slots: {a: {type: strange}}                        | slots.a.type                          | physical, logical",
                "slots: {a: junk}                                   | slots.a                               | a mapping",
                "permanent_slots: {a: {type: logical}}              | permanent_slots.a                     | database and plugin",
                "ignore_slots: [a]                                  | ignore_slots[0]                       | a mapping",
                "{ttl: 20, loop_wait: 10, retry_timeout: 9}         | ''                                    | ttl",
            })
    void whatWouldNeverTakeEffectIsRefused(String after, String key, String rule) {
        assertThat(ConfigCatalog.refusals(Map.of(), read(after)))
                .singleElement()
                .asString()
                .startsWith(key)
                .contains(rule);
        assertThat(ConfigCatalog.refusals(read(after), read(after))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{mine: {x: 1}, postgresql: {parameters: {work_mem: 0.5GB, archive_mode: always, a.b: c, shared_buffers: 16384}}}",
                "{postgresql: {parameters: {vacuum_cost_delay: 1.5, log_min_duration_statement: -1, wal_level: logical,"
                        + " shared_buffers: 16, wal_buffers: -1, maintenance_work_mem: 64, checkpoint_completion_target: 0.9,"
                        + " unix_socket_permissions: '0777', seq_page_cost: 1e300, temp_file_limit: -1,"
                        + " synchronous_commit: remote_apply, log_rotation_size: 10MB, statement_timeout: 5min}}}",
                "slots: {a: , b: {}, c: 0, d: '', e: {type: physical}, f: {database: d, plugin: p}}",
            })
    void whatMayTakeEffectIsNot(String after) {
        assertThat(ConfigCatalog.refusals(Map.of(), read(after))).isEmpty();
    }

    @Test
    void aServerThatKeepsAllItsConnectionsToItselfWouldNotStart() {
        assertThat(
                        ConfigCatalog.refusals(
                                Map.of(),
                                read(
                                        "postgresql: {parameters: {superuser_reserved_connections: 90, reserved_connections: 10}}")))
                .containsExactly(
                        "postgresql.parameters.superuser_reserved_connections plus reserved_connections are 100,"
                                + " max_connections is 100 (rule: less than max_connections, or PostgreSQL does not start)");
        assertThat(ConfigCatalog.refusals(
                        read("postgresql: {parameters: {superuser_reserved_connections: 50}}"),
                        read("postgresql: {parameters: {superuser_reserved_connections: 50, max_connections: 40}}")))
                .singleElement()
                .asString()
                .contains("max_connections is 40");
        assertThat(ConfigCatalog.refusals(
                        Map.of(),
                        read("postgresql: {parameters: {superuser_reserved_connections: 50, max_connections: 60}}")))
                .isEmpty();
    }

    @Test
    void timesThatAreNotSafeTogetherAreToldWithWhatWouldBe() {
        assertThat(ConfigCatalog.refusals(Map.of(), read("ttl: 5")))
                .containsExactly("ttl 5, loop_wait 10 and retry_timeout 10 do not go together (rule: loop_wait + 2 *"
                        + " retry_timeout <= ttl): set ttl to 30 or more, or with this ttl loop_wait to 1 and"
                        + " retry_timeout to 2");
    }

    @Test
    void whatNobodyKnowsIsKeptAndDoubted() {
        List<String> doubts = ConfigCatalog.doubts(
                Map.of(),
                read("{mine: 1, loopwait: 3, postgresql: {parameters: {wrk_mem: 1, work_mem: bad}},"
                        + " slots: {feed: {type: logical, database: app, plugin: pgoutput}}}"));
        assertThat(doubts).hasSize(4);
        assertThat(doubts).anyMatch(line -> line.startsWith("mine: is not known, it has no effect"));
        assertThat(doubts).anyMatch(line -> line.contains("did you mean \"loop_wait\"?"));
        assertThat(doubts).anyMatch(line -> line.contains("did you mean \"work_mem\"?"));
        assertThat(doubts).anyMatch(line -> line.startsWith("slots.feed: ") && line.contains("wal_level: logical"));
        assertThat(ConfigCatalog.doubts(read("mine: 1"), read("{mine: 2, ttl: 40}")))
                .isEmpty();
        assertThat(ConfigCatalog.doubts(
                        Map.of(),
                        read("{slots: {feed: {database: app, plugin: p}},"
                                + " postgresql: {parameters: {wal_level: logical}}}")))
                .isEmpty();
    }

    @SuppressWarnings("unchecked") // YAML maps have only strings as keys
    private static Map<String, Object> read(String yaml) {
        List<Problem> problems = new ArrayList<>();
        Object value = Yaml.readValue("test", yaml, problems);
        assertThat(problems).isEmpty();
        return (Map<String, Object>) value;
    }
}
