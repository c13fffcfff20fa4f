package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.ConfigLoader;
import io.pgha.config.ConfigResult;
import io.pgha.config.LocalConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small valid configuration, and variations of it. */
final class TestConfig {
    private final Path folder;
    private String more = "";
    private String postgresql = "";
    private String bootstrap = "";
    private String restapi = "";

    /** @param folder a scratch folder */
    TestConfig(Path folder) {
        this.folder = folder;
    }

    TestConfig with(String section) {
        more += section + "\n";
        return this;
    }

    TestConfig postgresql(String keys) {
        postgresql += keys.indent(2);
        return this;
    }

    TestConfig restapi(String keys) {
        restapi += keys.indent(2);
        return this;
    }

    /** Keys of {@code bootstrap.dcs}. */
    TestConfig dcs(String keys) {
        bootstrap += keys.indent(4);
        return this;
    }

    /** Keys of {@code bootstrap} beside {@code dcs}. */
    TestConfig bootstrap(String keys) {
        bootstrap += keys.indent(2);
        return this;
    }

    Path file() {
        String text = "scope: demo\nname: pg0\n"
                + "restapi:\n  listen: 127.0.0.1:8008\n  connect_address: 10.0.0.1:8008\n" + restapi
                + "etcd3:\n  hosts: 127.0.0.1:2379\n"
                + "bootstrap:\n  dcs:\n    maximum_lag_on_failover: 1048576\n" + bootstrap
                + "postgresql:\n  listen: 127.0.0.1,10.0.0.1:5432\n  connect_address: 10.0.0.1:5432\n"
                + "  data_dir: " + folder.resolve("data") + "\n  pgpass: " + folder.resolve("pgpass") + "\n"
                + "  authentication:\n"
                + "    superuser: {username: postgres, password: s3cret, sslmode: prefer}\n"
                + "    replication: {username: replicator, password: r3pl}\n"
                + postgresql + more;
        try {
            return Files.writeString(folder.resolve("pgha.yml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LocalConfig load() {
        ConfigResult result = ConfigLoader.load(file(), Map.of("HOME", folder.toString()));
        assertThat(result.errors()).isEmpty();
        return result.config().orElseThrow();
    }
}
