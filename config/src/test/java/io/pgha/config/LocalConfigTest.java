package io.pgha.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.source.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalConfigTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host: 10.0.0.1                      | http://10.0.0.1:2379",
                "host: 10.0.0.1:1234                 | http://10.0.0.1:1234",
                "host: 10.0.0.1, port: 1234          | http://10.0.0.1:1234",
                "host: 10.0.0.1, protocol: https     | https://10.0.0.1:2379",
                "hosts: '10.0.0.1:1, 10.0.0.2'       | http://10.0.0.1:1 http://10.0.0.2:2379",
                "hosts: [10.0.0.1, '[::1]:5']        | http://10.0.0.1:2379 http://[::1]:5",
                "url: 'https://u:p%20w@10.0.0.1'     | https://10.0.0.1:2379",
                "proxy: 'http://10.0.0.1:99', hosts: x | http://10.0.0.1:99",
            })
    void etcdMayBeGivenInManyForms(String section, String endpoints) {
        for (String name : List.of("etcd", "etcd3")) {
            EtcdConfig etcd = etcd(name, section);

            assertThat(etcd.endpoints()).containsExactly(endpoints.split(" ", -1));
            assertThat(etcd.useProxies()).isEqualTo(section.contains("proxy"));
        }
    }

    @Test
    void etcdMayBeFoundThroughDns() {
        assertThat(etcd("etcd3", "srv: example.org, srv_suffix: prod").discovery())
                .isEqualTo(new EtcdConfig.Srv("example.org", Optional.of("prod")));
        assertThat(etcd("etcd3", "discovery_srv: example.org").discovery())
                .isEqualTo(new EtcdConfig.Srv("example.org", Optional.empty()));
    }

    @Test
    void etcdsCredentialsAndCertificatesAreRead() {
        EtcdConfig etcd =
                etcd("etcd3", "host: a, username: u, password: p, cacert: /ca, cert: /c, key: /k, use_proxies: on");
        assertThat(etcd.credentials().orElseThrow().username()).isEqualTo("u");
        assertThat(etcd.credentials().orElseThrow().password().revealed()).isEqualTo("p");
        assertThat(etcd.tls().cacert()).contains(Path.of("/ca"));
        assertThat(etcd.tls().key()).contains(Path.of("/k"));
        assertThat(etcd.useProxies()).isTrue();
        assertThat(etcd("etcd3", "url: 'https://u:p%20w@10.0.0.1'")
                        .credentials()
                        .orElseThrow()
                        .password()
                        .revealed())
                .isEqualTo("p w");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{nofailover: false}                       | {}",
                "{nofailover: true}                        | {nofailover: true}",
                "{nofailover: false, failover_priority: 0} | {nofailover: false, failover_priority: 0}",
                "{nosync: false, sync_priority: 2}         | {nosync: false, sync_priority: 2}",
                "{clonefrom: false, noloadbalance: false, nostream: false, nosync: } | {}",
                "{replicatefrom: b, datacenter: x, n: 0}   | {replicatefrom: b, datacenter: x, n: 0}",
            })
    void falseDefaultsAreNoEffectiveTags(String written, String effective) {
        assertThat(Tags.of(yaml(written)).effective()).isEqualTo(yaml(effective));
    }

    @Test
    void anExplicitNofailoverBeatsThePriority() {
        assertThat(Tags.of(yaml("{failover_priority: 0}")).nofailover()).isTrue();
        assertThat(Tags.of(yaml("{failover_priority: 0, nofailover: false}")).nofailover())
                .isFalse();
        assertThat(Tags.of(yaml("{failover_priority: 5, nofailover: true}")).nofailover())
                .isTrue();
        assertThat(Tags.of(yaml("{failover_priority: 5}")).failoverPriority()).isEqualTo(5);
        assertThat(Tags.of(yaml("{}")).failoverPriority()).isOne();
        assertThat(Tags.of(yaml("{sync_priority: 0}")).nosync()).isTrue();
        assertThat(Tags.of(yaml("{nosync: 'on'}")).nosync()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "service,/service/main/",
        "/service/,/service/main/",
        "//a//b/,/a/b/main/",
        "/,/service/main/",
    })
    void slashesAroundTheNamespaceDoNotMatter(String namespace, String prefix) {
        assertThat(load("namespace: " + namespace + "\n").dcsPrefix()).isEqualTo(prefix);
    }

    @Test
    void aCitusGroupIsPartOfThePrefix() {
        LocalConfig config = load("citus: {group: 1, database: c}\nbootstrap: {dcs: {ttl: 30}}\n");

        assertThat(config.dcsPrefix()).isEqualTo("/service/main/1/");
        assertThat(config.bootstrap().orElseThrow().dcs().synchronousMode()).isEqualTo(SynchronousMode.QUORUM);
    }

    @Test
    void optionsForProgramsComeAsListOrMapping() {
        assertThat(CommandOptions.of(yaml("{x: [data-checksums, {encoding: UTF8}, {locale: '\"de DE\"'}, 'a=b']}")
                                .get("x"))
                        .arguments())
                .containsExactly("--data-checksums", "--encoding=UTF8", "--locale=de DE", "--a=b");
        assertThat(CommandOptions.of(yaml("{max-rate: 100M, checkpoint: fast, empty: }"))
                        .arguments())
                .containsExactly("--max-rate=100M", "--checkpoint=fast");
        assertThat(CommandOptions.of("x").arguments()).isEmpty();
    }

    @Test
    void theOldPlaceOfCredentialsIsKnown() {
        LocalConfig config = Configs.load(
                        directory,
                        Configs.MINIMAL
                                .replace("  authentication:\n", "  pg_rewind: {username: r}\n")
                                .replace("    ", "  "))
                .config()
                .orElseThrow();

        assertThat(config.postgresql().authentication().replication().username())
                .contains("replicator");
        assertThat(config.postgresql().authentication().rewindRole(15).username())
                .contains("r");
        assertThat(config.postgresql().rewinding().usePgRewind()).isTrue();
    }

    @Test
    void restapiAndCtlShareCredentials() {
        LocalConfig config = Configs.load(
                        directory,
                        Configs.MINIMAL.replace(
                                "restapi: {listen: 127.0.0.1:8008}",
                                "restapi: {listen: '*:8008', connect_address: 10.0.0.1:8008, auth: 'u:p:q',"
                                        + " certfile: /c, cafile: /ca, verify_client: required,"
                                        + " allowlist: [10.0.0.0/8, host], server_tokens: Minimal}"))
                .config()
                .orElseThrow();

        assertThat(config.restApi().apiUrl()).isEqualTo("https://10.0.0.1:8008/patroni");
        assertThat(config.restApi().login().orElseThrow().password().revealed()).isEqualTo("p:q");
        assertThat(config.restApi().tls().verifyClient()).isEqualTo(RestApiConfig.VerifyClient.REQUIRED);
        assertThat(config.restApi().access().allowlist()).containsExactly("10.0.0.0/8", "host");
        assertThat(config.restApi().serverTokens()).isEqualTo("minimal");
        assertThat(config.ctl().login()).isEqualTo(config.restApi().login());
        assertThat(config.ctl().cacert()).contains(Path.of("/ca"));
    }

    @Test
    void logAndWatchdogAreRead() {
        LocalConfig config = load("log: {type: json, level: warn, dir: /var/log/pgha, mode: 0644, file_size: 1MB,"
                + " format: [message, {levelname: level}], loggers: {etcd: debug}}\n"
                + "watchdog: {mode: required, safety_margin: -1}\n");

        assertThat(config.log().type()).isEqualTo(LogConfig.Type.JSON);
        assertThat(config.log().level()).isEqualTo("WARNING");
        assertThat(config.log().format()).containsExactly("message", "levelname=level");
        assertThat(config.log().file().orElseThrow())
                .isEqualTo(new LogConfig.LogFile(Path.of("/var/log/pgha"), Optional.of(0644), 4, 1_048_576));
        assertThat(config.watchdog().mode()).isEqualTo(WatchdogConfig.Mode.REQUIRED);
        assertThat(config.watchdog().safetyMargin()).isEmpty();
        assertThat(load("watchdog: {mode: false}\n").watchdog())
                .isEqualTo(new WatchdogConfig(
                        WatchdogConfig.Mode.OFF, "/dev/watchdog", Optional.of(Duration.ofSeconds(5)), "default"));
    }

    @Test
    void hactlNeedsNoValidConfiguration() {
        Path file = Configs.write(directory.resolve("ctl.yml"), "etcd: {hosts: 'a,b'}\nctl: {insecure: on}\n");

        ClientConfigResult result = ConfigLoader.loadForClient(Optional.of(file), Map.of("PGHA_SCOPE", "main"));

        assertThat(result.problems()).isEmpty();
        assertThat(result.config().scope()).contains("main");
        assertThat(result.config().etcd().orElseThrow().endpoints()).containsExactly("http://a:2379", "http://b:2379");
        assertThat(result.config().ctl().insecure()).isTrue();
        assertThat(ConfigLoader.loadForClient(Optional.empty(), Map.of())
                        .config()
                        .etcd())
                .isEmpty();
    }

    @Test
    void hactlLearnsWhereTheAgentOfAConfigurationIs() {
        assertThat(agent("name: a\nrestapi: {listen: '*:8009', connect_address: 10.0.0.1}\n"))
                .contains(new AgentAddress("a", "http://10.0.0.1:8009/patroni"));
        assertThat(agent("name: a\nrestapi: {listen: '10.0.0.1:8008', certfile: x}\n"))
                .contains(new AgentAddress("a", "https://10.0.0.1:8008/patroni"));
        assertThat(agent("restapi: {listen: '10.0.0.1:8008'}\n")).isEmpty();
        assertThat(agent("name: a\n")).isEmpty();
    }

    private Optional<AgentAddress> agent(String yaml) {
        Path file = Configs.write(directory.resolve("ctl.yml"), yaml);
        return ConfigLoader.loadForClient(Optional.of(file), Map.of()).config().agent();
    }

    private LocalConfig load(String more) {
        return Configs.load(directory, Configs.MINIMAL + more).config().orElseThrow();
    }

    private EtcdConfig etcd(String name, String section) {
        String yaml = Configs.MINIMAL.replace("etcd3: {host: 127.0.0.1}", name + ": {" + section + "}");
        return Configs.load(directory, yaml).config().orElseThrow().etcd();
    }

    private static Map<String, Object> yaml(String text) {
        return Yaml.read("test", text, new ArrayList<>()).values();
    }
}
