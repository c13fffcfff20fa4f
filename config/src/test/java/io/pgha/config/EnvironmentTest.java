package io.pgha.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.source.EnvironmentVariables;
import io.pgha.config.source.KeyPath;
import io.pgha.config.source.Problem;
import io.pgha.config.source.SourceTree;
import io.pgha.config.value.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts §2.11. */
class EnvironmentTest {

    private static final Map<String, String> ENOUGH = Map.of(
            "PATRONI_NAME", "a",
            "PATRONI_SCOPE", "main",
            "PATRONI_ETCD3_HOSTS", "10.0.0.1:2379,10.0.0.2:2379",
            "PATRONI_RESTAPI_LISTEN", "10.0.0.1:8008",
            "PATRONI_POSTGRESQL_LISTEN", "10.0.0.1:5432",
            "PATRONI_POSTGRESQL_DATA_DIR", "/srv/data",
            "PATRONI_SUPERUSER_USERNAME", "postgres",
            "PATRONI_REPLICATION_USERNAME", "replicator",
            "PATRONI_REPLICATION_PASSWORD", "0123");

    @TempDir
    private Path directory;

    @Test
    void theEnvironmentAloneIsAConfiguration() {
        ConfigResult result = ConfigLoader.load(Optional.empty(), ENOUGH);

        assertThat(result.problems()).isEmpty();
        LocalConfig config = result.config().orElseThrow();
        assertThat(config.etcd().endpoints()).containsExactly("http://10.0.0.1:2379", "http://10.0.0.2:2379");
        assertThat(config.postgresql()
                        .authentication()
                        .replication()
                        .password()
                        .orElseThrow()
                        .revealed())
                .isEqualTo("0123");
        assertThat(config.bootstrap()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NAMESPACE|/x/|namespace|/x/",
                "THREAD_POOL_SIZE|7|thread_pool_size|7",
                "LOG_LEVEL|DEBUG|log.level|DEBUG",
                "LOGLEVEL|DEBUG|log.level|DEBUG",
                "LOG_DATEFMT|%H|log.dateformat|%H",
                "LOG_FORMAT|%(message)s|log.format|%(message)s",
                "LOG_FORMAT|[a, b]|log.format|[a, b]",
                "LOG_STATIC_FIELDS|a: 1, b: x|log.static_fields|{a=1, b=x}",
                "LOG_LOGGERS|{etcd: DEBUG}|log.loggers|{etcd=DEBUG}",
                "LOG_MAX_QUEUE_SIZE|5|log.max_queue_size|5",
                "LOG_DEDUPLICATE_HEARTBEAT_LOGS|on|log.deduplicate_heartbeat_logs|true",
                "RESTAPI_USERNAME|u|restapi.authentication.username|u",
                "RESTAPI_ALLOWLIST|10.0.0.0/8,h|restapi.allowlist|[10.0.0.0/8, h]",
                "RESTAPI_ALLOWLIST|- 10.0.0.0/8|restapi.allowlist|[10.0.0.0/8]",
                "RESTAPI_HTTP_EXTRA_HEADERS|X: y|restapi.http_extra_headers|{X=y}",
                "RESTAPI_REQUEST_QUEUE_SIZE|9|restapi.request_queue_size|9",
                "CTL_INSECURE|yes|ctl.insecure|true",
                "CTL_PASSWORD|p|ctl.authentication.password|p",
                "POSTGRESQL_BIN_PG_CTL|x|postgresql.bin_name.pg_ctl|x",
                "POSTGRESQL_BIN_PG_ISREADY|x|postgresql.bin_name.pg_isready|x",
                "POSTGRESQL_PROXY_ADDRESS|a:1|postgresql.proxy_address|a:1",
                "REWIND_SSLMODE|require|postgresql.authentication.rewind.sslmode|require",
                "SUPERUSER_CHANNEL_BINDING|require|postgresql.authentication.superuser.channel_binding|require",
                "ETCD_HOST|h|etcd.host|h",
                "ETCD3_PORT|99|etcd3.port|99",
                "ETCD3_USE_PROXIES|true|etcd3.use_proxies|true",
                "ETCD3_SRV_SUFFIX|s|etcd3.srv_suffix|s",
                "CITUS_GROUP|0|citus.group|0",
                "CITUS_DATABASE|c|citus.database|c",
                "RAFT_PARTNER_ADDRS|a,b|raft.partner_addrs|[a, b]",
                "RAFT_MIN_TIMEOUT|0.4|raft.min_timeout|0.4",
                "CONSUL_REGISTER_SERVICE|on|consul.register_service|true",
                "KUBERNETES_LABELS|app: x|kubernetes.labels|{app=x}",
                "ZOOKEEPER_SET_ACLS|a: [x]|zookeeper.set_acls|{a=[x]}",
            })
    void aVariableSetsItsKey(String suffix, String text, String path, String value) {
        for (String prefix : List.of("PATRONI_", "PGHA_")) {
            List<Problem> problems = new ArrayList<>();

            SourceTree tree = EnvironmentVariables.read(Map.of(prefix + suffix, text), problems);

            assertThat(problems).isEmpty();
            assertThat(at(tree, path)).hasToString(value);
            assertThat(tree.place(KeyPath.parse(path), null)).hasToString("environment variable " + prefix + suffix);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATRONI_CITUS_GROUP|zero|citus.group",
                "PATRONI_LOG_MAX_QUEUE_SIZE|many|log.max_queue_size",
                "PATRONI_CTL_INSECURE|perhaps|ctl.insecure",
                "PATRONI_RESTAPI_HTTP_EXTRA_HEADERS|[a]|restapi.http_extra_headers",
                "PATRONI_RESTAPI_ALLOWLIST|[a|restapi.allowlist",
                "PATRONI_RESTAPI_ALLOWLIST|[!!java.net.URL [x]]|restapi.allowlist",
            })
    void junkIsAnErrorThatNamesTheVariable(String name, String text, String path) {
        Map<String, String> environment = new LinkedHashMap<>(ENOUGH);
        environment.put(name, text);

        ConfigResult result = ConfigLoader.load(Optional.empty(), environment);

        assertThat(result.config()).isEmpty();
        assertThat(result.errors())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).startsWith("environment variable " + name + ": error: " + path));
    }

    @Test
    void ourPrefixWinsAndEmptyVariablesAreIgnored() {
        Map<String, String> environment = new LinkedHashMap<>(ENOUGH);
        environment.put("PGHA_NAME", "b");
        environment.put("PGHA_SCOPE", "");

        LocalConfig config =
                ConfigLoader.load(Optional.empty(), environment).config().orElseThrow();

        assertThat(config.name()).isEqualTo("b");
        assertThat(config.scope()).isEqualTo("main");
    }

    @Test
    void theEnvironmentLiesOverTheFile() {
        Path file = Configs.write(directory.resolve("pgha.yml"), Configs.MINIMAL);

        LocalConfig config = ConfigLoader.load(
                        file, Map.of("PATRONI_NAME", "b", "PGHA_SUPERUSER_PASSWORD", "other", "HOME", "/"))
                .config()
                .orElseThrow();

        assertThat(config.name()).isEqualTo("b");
        assertThat(config.postgresql().authentication().superuser().username()).contains("postgres");
        assertThat(config.postgresql()
                        .authentication()
                        .superuser()
                        .password()
                        .orElseThrow()
                        .revealed())
                .isEqualTo("other");
    }

    @Test
    void aWholeDocumentInTheEnvironmentReplacesAllOtherVariables() {
        Map<String, String> environment = Map.of("PATRONI_CONFIGURATION", Configs.MINIMAL, "PATRONI_NAME", "ignored");

        assertThat(ConfigLoader.load(Optional.empty(), environment)
                        .config()
                        .orElseThrow()
                        .name())
                .isEqualTo("a");
        assertThat(ConfigLoader.load(directory.resolve("none.yml"), environment)
                        .config()
                        .orElseThrow()
                        .name())
                .isEqualTo("a");
        Path file = Configs.write(directory.resolve("pgha.yml"), Configs.MINIMAL.replace("name: a", "name: c"));
        assertThat(ConfigLoader.load(file, Map.of("PATRONI_CONFIGURATION", Configs.MINIMAL))
                        .config()
                        .orElseThrow()
                        .name())
                .isEqualTo("c");
    }

    @Test
    void mallocArenasGoToTheServer() {
        Map<String, String> environment = new LinkedHashMap<>(ENOUGH);
        environment.put("PG_MALLOC_ARENA_MAX", "1");

        assertThat(ConfigLoader.load(Optional.empty(), environment)
                        .config()
                        .orElseThrow()
                        .serverEnvironment())
                .containsExactly(Map.entry("MALLOC_ARENA_MAX", "1"));
    }

    @Test
    void theFilesOfADirectoryAreMergedInTheOrderOfTheirNames() throws Exception {
        Configs.write(directory.resolve("10-base.yml"), Configs.MINIMAL + "tags: {clonefrom: true, dc: a}\n");
        Configs.write(directory.resolve("20-node.yaml"), "name: b\ntags: {clonefrom: , dc: b}\nlog: {level: 5}\n");
        Configs.write(directory.resolve("30-ignored.txt"), "name: c\n");
        Files.createDirectory(directory.resolve("conf.d"));

        ConfigResult result = ConfigLoader.load(directory, Map.of());

        LocalConfig config = result.config().orElseThrow();
        assertThat(config.name()).isEqualTo("b");
        assertThat(config.tags().effective()).containsOnly(Map.entry("dc", "b"));
        assertThat(result.warnings()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).hasToString("log.level");
            assertThat(problem.place()).hasToString(directory.resolve("20-node.yaml") + ":3");
        });
    }

    private static Object at(SourceTree tree, String path) {
        KeyPath key = KeyPath.parse(path);
        Values values = new Values(tree.values());
        for (String element : key.parent().elements()) {
            values = values.section(element);
        }
        return values.map().get(key.name());
    }
}
