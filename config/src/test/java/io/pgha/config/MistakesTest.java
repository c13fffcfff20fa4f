package io.pgha.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.source.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations that are read well but are wrong: each mistake is named with place and remedy. */
class MistakesTest {

    @TempDir
    private Path directory;

    @Test
    void theMinimalConfigurationHasNoMistakes() {
        assertThat(load("").problems()).isEmpty();
        assertThat(load("").config()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // misspelt
                "bootstrp: {}                               | bootstrp                | did you mean \"bootstrap\"?",
                "watchdog: {mod: off}                       | watchdog.mod            | did you mean \"watchdog.mode\"?",
                "log: {levle: INFO}                         | log.levle               | did you mean \"log.level\"?",
                "tags: {nofailovr: true}                    | tags.nofailovr          | did you mean \"tags.nofailover\"?",
                "bootstrap: {dcs: {loop_wiat: 10}}          | bootstrap.dcs.loop_wiat | did you mean \"bootstrap.dcs.loop_wait\"?",
                "bootstrap: {dcs: {postgresql: {parameters: {min_log_message: info}}}} | bootstrap.dcs.postgresql.parameters.min_log_message | did you mean \"log_min_messages\"?",
                "colour: blue                               | colour                  | has no effect",
                // misplaced
                "ttl: 30                                    | ttl                     | it belongs to bootstrap.dcs.ttl",
                "initdb: [data-checksums]                   | initdb                  | it belongs to bootstrap.initdb",
                "nofailover: true                           | nofailover              | it belongs to tags.nofailover",
                "data_dir: /srv                             | data_dir                | it belongs to postgresql.data_dir",
                "use_pg_rewind: true                        | use_pg_rewind           | it belongs to postgresql.use_pg_rewind",
                "maximum_lag_on_failover: 1                 | maximum_lag_on_failover | hactl edit-config",
                "synchronous_mode: on                       | synchronous_mode        | it belongs to bootstrap.dcs.synchronous_mode",
                "bootstrap: {dcs: {initdb: [data-checksums]}} | bootstrap.dcs.initdb  | it belongs to bootstrap.initdb",
                "bootstrap: {dcs: {use_slots: true}}        | bootstrap.dcs.use_slots | it belongs to bootstrap.dcs.postgresql.use_slots",
                "bootstrap: {dcs: {tags: {}}}               | bootstrap.dcs.tags      | it belongs to the top level: tags",
                "bootstrap: {dcs: {postgresql: {listen: \"*:1\"}}} | bootstrap.dcs.postgresql.listen | it belongs to",
                "bootstrap: {ttl: 30}                       | bootstrap.ttl           | it belongs to bootstrap.dcs.ttl",
                "max_connections: 10                        | max_connections         | bootstrap.dcs.postgresql.parameters.max_connections",
                "shared_buffers: 10                         | shared_buffers          | postgresql.parameters.shared_buffers",
                // parameters
                "bootstrap: {dcs: {postgresql: {parameters: {port: 1}}}} | bootstrap.dcs.postgresql.parameters.port | follows from postgresql.listen",
                "bootstrap: {dcs: {postgresql: {parameters: {checkpoint_segments: 1}}}} | bootstrap.dcs.postgresql.parameters.checkpoint_segments | max_wal_size",
                "bootstrap: {dcs: {postgresql: {parameters: {max_connections: 20}}}} | bootstrap.dcs.postgresql.parameters.max_connections | the default is used",
                "bootstrap: {dcs: {postgresql: {parameters: {hot_standby: off}}}} | bootstrap.dcs.postgresql.parameters.hot_standby | the default is used",
                "bootstrap: {dcs: {postgresql: {parameters: {wal_level: minimal}}}} | bootstrap.dcs.postgresql.parameters.wal_level | replica or logical",
                // values that are clamped or fall back
                "bootstrap: {dcs: {ttl: 3}}                 | bootstrap.dcs.ttl       | 5 is used",
                "bootstrap: {dcs: {loop_wait: 0}}           | bootstrap.dcs.loop_wait | 1 is used",
                "bootstrap: {dcs: {ttl: 19}}                | bootstrap.dcs.ttl       | Patroni",
                "bootstrap: {dcs: {ttl: 20, loop_wait: 10, retry_timeout: 8}} | bootstrap.dcs.loop_wait | 4 is used",
                "bootstrap: {dcs: {ttl: 20, retry_timeout: 10}} | bootstrap.dcs.retry_timeout | 9 is used",
                "bootstrap: {dcs: {profile: fats}}          | bootstrap.dcs.profile   | the default is used",
                "bootstrap: {dcs: {profile: fast, ttl: 20}} | bootstrap.dcs.ttl       | wins over the profile",
                "log: {level: CHATTY}                       | log.level               | the default is used",
                // what the parts mean together
                "tags: {nofailover: true, failover_priority: 5} | tags.failover_priority | write only one",
                "tags: {replicatefrom: a}                   | tags.replicatefrom      | names this node itself",
                "bootstrap: {method: own, own: {}}          | bootstrap.method        | initdb is used",
                "bootstrap: {method: own, own: {command: x}, initdb: [a]} | bootstrap.initdb | is not used",
                "bootstrap: {own: {command: x}}             | bootstrap.own           | name it in bootstrap.method",
                "bootstrap: {method: own, own: {command: x, recovery_conf: {recovery_target_time: now}}} | bootstrap.own.recovery_conf.recovery_target_action | promote",
                "bootstrap: {users: {joe: {}}}              | bootstrap.users.joe     | has no password",
                "citus: {group: 0}                          | citus                   | both group and database",
                "consul: {host: x}                          | consul                  | is not used",
                "etcd: {host: 127.0.0.1}                    | etcd3                   | is not used",
                "bootstrap: {dcs: {master_start_timeout: 10}} | bootstrap.dcs.master_start_timeout | write primary_start_timeout",
                "bootstrap: {dcs: {postgresql: {pg_hba: [host all all 10.0.0.1/0 md5, host replication all all md5]}}} | bootstrap.dcs.postgresql.pg_hba[0] | matches every address",
                "bootstrap: {dcs: {postgresql: {pg_hba: [host all all 0.0.0.0/0 trust, host replication all all md5]}}} | bootstrap.dcs.postgresql.pg_hba[0] | without a password",
                "bootstrap: {dcs: {postgresql: {pg_hba: [host all all 10.0.0.1/32 md5]}}} | bootstrap.dcs.postgresql.pg_hba | lets no replica connect",
                "bootstrap: {dcs: {slots: {Bad-Name: }}}    | bootstrap.dcs.slots.Bad-Name | is no name for a slot",
                "bootstrap: {dcs: {slots: {a: {type: logical}}}} | bootstrap.dcs.slots.a | database and plugin",
                "bootstrap: {dcs: {ignore_slots: [{nam: x}]}} | bootstrap.dcs.ignore_slots[0].nam | no property of a slot",
                "bootstrap: {dcs: {ignore_slots: [{}]}}     | bootstrap.dcs.ignore_slots[0] | matches every slot",
                "bootstrap: {dcs: {ignore_slots: [{type: logcal}]}} | bootstrap.dcs.ignore_slots[0].type | protects none",
                "bootstrap: {dcs: {standby_cluster: {host: x, primary_slot_name: A b}}} | bootstrap.dcs.standby_cluster.primary_slot_name | the slot au0032b is used",
                "bootstrap: {dcs: {postgresql: {parameters: {data_directory: /x}}}} | bootstrap.dcs.postgresql.parameters.data_directory | is ignored",
                "bootstrap: {dcs: {postgresql: {parameters: {log_min_messages: screaming}}}} | bootstrap.dcs.postgresql.parameters.log_min_messages | one of debug5",
                "bootstrap: {pg_hba: [host all all 10.0.0.1 md5]} | bootstrap.pg_hba[0] | without a mask",
                "bootstrap: {dcs: {standby_cluster: {}}}    | bootstrap.dcs.standby_cluster | at least one of",
                "bootstrap: {dcs: {standby_cluster: {port: 1}, synchronous_mode: on}} | bootstrap.dcs.synchronous_mode | no effect in a standby cluster",
                "bootstrap: {dcs: {synchronous_mode_strict: on}} | bootstrap.dcs.synchronous_mode_strict | without synchronous_mode",
                "bootstrap: {dcs: {postgresql: {basebackup: [{pgdata: /x}]}}} | bootstrap.dcs.postgresql.basebackup | the agent decides",
                "bootstrap: {dcs: {postgresql: {rewind: {dry-run: 1}}}} | bootstrap.dcs.postgresql.rewind | the agent decides",
                "bootstrap: {pg_hba: [hots all all 10.0.0.1/32 md5]} | bootstrap.pg_hba[0] | is no line that PostgreSQL understands",
            })
    void aMistakeThatTheAgentCanLiveWithIsAWarning(String yaml, String path, String text) {
        ConfigResult result = load(yaml + "\n");

        assertThat(result.errors()).isEmpty();
        assertThat(result.config()).isPresent();
        assertThat(result.warnings()).anySatisfy(problem -> named(problem, path, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bootstrap: {dcs: {ignore_slots: [a]}} | bootstrap.dcs.ignore_slots[0] | a mapping",
                "bootstrap: {dcs: {ignore_slots: 7}} | bootstrap.dcs.ignore_slots | a list",
                "bootstrap: {dcs: {ignore_slots: {name: x}}} | bootstrap.dcs.ignore_slots | a list",
                "bootstrap: {dcs: {ignore_slots: [{name: [x]}]}} | bootstrap.dcs.ignore_slots[0].name | a text",
                "bootstrap: {dcs: {standby_cluster: {port: abc}}} | bootstrap.dcs.standby_cluster.port | 1 to 65535",
                "bootstrap: {dcs: {standby_cluster: {port: 99999}}} | bootstrap.dcs.standby_cluster.port | 1 to 65535",
                "bootstrap: {dcs: {standby_cluster: {host: 5}}} | bootstrap.dcs.standby_cluster.host | a text",
                "bootstrap: {dcs: {standby_cluster: {host: a, port: '1,2'}}} | bootstrap.dcs.standby_cluster.port | as many ports",
                "bootstrap: {dcs: {standby_cluster: {restore_command: false}}} | bootstrap.dcs.standby_cluster.restore_command | a command line",
                "bootstrap: {dcs: {standby_cluster: {create_replica_methods: 5}}} | bootstrap.dcs.standby_cluster.create_replica_methods | a list",
                "bootstrap: {dcs: {standby_cluster: {recovery_min_apply_delay: soon}}} | bootstrap.dcs.standby_cluster.recovery_min_apply_delay | a number",
                "bootstrap: {dcs: {standby_cluster: {primary_slot_name: 5}}} | bootstrap.dcs.standby_cluster.primary_slot_name | a text",
                "bootstrap: {dcs: {postgresql: {pg_hba: [local all all peer, host all all 10.0.0.0/99 md5]}}} | bootstrap.dcs.postgresql.pg_hba[1] | no mask from 0 to 32",
                "bootstrap: {dcs: {postgresql: {pg_hba: [local x x md5 foo]}}} | bootstrap.dcs.postgresql.pg_hba[0] | name=value",
                "bootstrap: {dcs: {ttl: soon}}              | bootstrap.dcs.ttl          | a whole number of seconds",
                "bootstrap: {dcs: {ttl: [30]}}              | bootstrap.dcs.ttl          | a whole number of seconds",
                "bootstrap: {dcs: {synchronous_mode: maybe}} | bootstrap.dcs.synchronous_mode | on, off or one of quorum",
                "bootstrap: {dcs: {maximum_lag_on_failover: -1}} | bootstrap.dcs.maximum_lag_on_failover | at least 0",
                "bootstrap: {dcs: {postgresql: {use_pg_rewind: 2}}} | bootstrap.dcs.postgresql.use_pg_rewind | on or off",
                "bootstrap: {dcs: {postgresql: {parameters: [a]}}} | bootstrap.dcs.postgresql.parameters | a mapping",
                "bootstrap: {dcs: {postgresql: {parameters: {max_connections: 300000}}}} | bootstrap.dcs.postgresql.parameters.max_connections | 1 to 262143",
                "bootstrap: {dcs: {postgresql: {parameters: {work_mem: {a: b}}}}} | bootstrap.dcs.postgresql.parameters.work_mem | a single value",
                "bootstrap: {initdb: [{pgdata: /x}]}        | bootstrap.initdb | which the agent gives itself",
                "bootstrap: {dcs: {postgresql: {parameters: {work_mem: \"1\\nfsync=off\"}}}} | bootstrap.dcs.postgresql.parameters.work_mem | a single line",
                "bootstrap: {pg_hba: [\"local all all peer\\nhost all all all trust\"]} | bootstrap.pg_hba[0] | contains a line break",
                "bootstrap: {dcs: {postgresql: {pg_hba: foo}}} | bootstrap.dcs.postgresql.pg_hba | begins with none of",
                "bootstrap: {dcs: {postgresql: {pg_hba: []}}} | bootstrap.dcs.postgresql.pg_hba | PostgreSQL would not start",
                "bootstrap: {dcs: {postgresql: {pg_hba_replica: ['# none']}}} | bootstrap.dcs.postgresql.pg_hba_replica | has no entry",
                "bootstrap: {dcs: {postgresql: {pg_ident: foo}}} | bootstrap.dcs.postgresql.pg_ident | has no three words",
                "bootstrap: {dcs: {postgresql: {pg_ident: [a b c, a b]}}} | bootstrap.dcs.postgresql.pg_ident[1] | map, system user",
                "bootstrap: [a]                             | bootstrap                  | a mapping",
                "watchdog: {mode: perhaps}                  | watchdog.mode              | on, off or one of automatic",
                "watchdog: {safety_margin: -2}              | watchdog.safety_margin     | at least -1",
                "tags: {failover_priority: high}            | tags.failover_priority     | a whole number",
                "citus: {group: -1, database: x}            | citus.group                | at least 0",
                "tags: [nofailover]                         | tags                       | a mapping",
            })
    void aValueThatCannotBeUsedIsAnError(String yaml, String path, String text) {
        ConfigResult result = load(yaml + "\n");

        assertThat(result.config()).isEmpty();
        assertThat(result.errors()).anySatisfy(problem -> named(problem, path, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scope: main                   | scope: a/b                       | scope",
                "name: a                       | name: __patroni_strict_sync_replica_placeholder__ | name",
                "name: a                       | name: \"a b\"                    | name",
                "name: a                       | name: \"a\\nb\"                  | name",
                "name: a                       | name: \"a'b\"                    | name",
                "name: a                       | name: ../a                       | name",
                "name: a                       | name: \"a..b\"                   | name",
                "name: a                       | name: -a                         | name",
                "name: a                       | # gone                           | name",
                "scope: main                   | # gone                           | scope",
                "etcd3: {host: 127.0.0.1}      | # gone                           | etcd3",
                "etcd3: {host: 127.0.0.1}      | etcd3: {username: x}             | etcd3.hosts",
                "etcd3: {host: 127.0.0.1}      | etcd3: {url: \"127.0.0.1:2379\"} | etcd3.url",
                "etcd3: {host: 127.0.0.1}      | consul: {host: 127.0.0.1}        | consul",
                "etcd3: {host: 127.0.0.1}      | kubernetes: {}                   | kubernetes",
                "listen: 127.0.0.1:8008        | listen: 127.0.0.1                | restapi.listen",
                "listen: 127.0.0.1:8008        | listen: 127.0.0.1:0              | restapi.listen",
                "listen: 127.0.0.1:8008        | listen: 127.0.0.1:65536          | restapi.listen",
                "listen: 127.0.0.1:8008        | listen: \"*:8008\"               | restapi.connect_address",
                "listen: 127.0.0.1:5432        | listen: 127.0.0.1:99999          | postgresql.listen",
                "listen: 127.0.0.1:5432        | listen: \"*:5432\"               | postgresql.connect_address",
                "data_dir: /srv/data           | data_dir: /                      | postgresql.data_dir",
                "data_dir: /srv/data           | data_dir: /etc/                  | postgresql.data_dir",
                "data_dir: /srv/data           | data_dir: [a]                    | postgresql.data_dir",
            })
    void whatAnAgentCannotDoWithoutMustBeThereAndUsable(String part, String replacement, String path) {
        ConfigResult result = Configs.load(directory, Configs.MINIMAL.replace(part, replacement));

        assertThat(result.config()).isEmpty();
        assertThat(result.errors())
                .anySatisfy(problem -> assertThat(problem.path()).hasToString(path));
    }

    @Test
    void aProblemHasFileLineAndKey() {
        ConfigResult result = load("\n\nwatchdog:\n  mode: perhaps\n");

        assertThat(result.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.place().line()).isEqualTo(14);
            assertThat(problem.place().column()).isEqualTo(3);
            assertThat(problem.toString())
                    .startsWith(directory.resolve("pgha.yml") + ":14: error: watchdog.mode: is \"perhaps\"; expected ");
        });
    }

    @Test
    void aValueOfASecretIsNeverShown() {
        ConfigResult result =
                Configs.load(directory, Configs.MINIMAL.replace("password: super-secret", "password: [canary]"));

        assertThat(result.problems()).isNotEmpty();
        assertThat(result.problems().toString()).doesNotContain("canary");
    }

    @Test
    void aPasswordThatIsNoTextIsNamed() {
        ConfigResult result =
                Configs.load(directory, Configs.MINIMAL.replace("password: super-secret", "password: 007"));

        assertThat(result.warnings()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).hasToString("postgresql.authentication.superuser.password");
            assertThat(problem.remedy()).contains("quotes");
        });
    }

    @Test
    void aFileWithPasswordsThatEverybodyMayReadIsNamed() {
        Path file = Configs.write(directory.resolve("pgha.yml"), Configs.MINIMAL);
        assertThat(file.toFile().setReadable(true, false)).isTrue();

        assertThat(ConfigLoader.load(file, java.util.Map.of()).warnings())
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("chmod 0600"));
    }

    @Test
    void aClusterWideConfigurationIsJudgedToo() {
        assertThat(ConfigCatalog.check(java.util.Map.of("ttl", 3L, "loopwait", 1L, "postgresql", java.util.Map.of())))
                .extracting(Problem::path)
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("ttl", "loopwait", "retry_timeout", "ttl");
    }

    private ConfigResult load(String more) {
        return Configs.load(directory, Configs.MINIMAL + more);
    }

    private static void named(Problem problem, String path, String text) {
        assertThat(problem.path()).hasToString(path);
        assertThat(problem.message()).contains(text);
        assertThat(problem.place().line()).isPositive();
    }
}
