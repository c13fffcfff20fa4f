package io.pgha.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealConfigurationsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian-16-main.yml",
                "postgres11-three-nodes.yml",
                "postgres11-bootstrap-from-backup.yml",
                "postgres11-replica-from-backup.yml",
                "patroni-demo.yml"
            })
    void aRealConfigurationStarts(String file) {
        ConfigResult result = Configs.loadResource(file);

        assertThat(result.errors()).isEmpty();
        assertThat(result.config()).isPresent();
    }

    @Test
    void theMinimalOneIsRefusedWithEverythingThatIsMissing() {
        ConfigResult result = Configs.loadResource("minimal-13.yml");

        assertThat(result.config()).isEmpty();
        assertThat(result.errors().stream().map(Problem::path).map(Object::toString))
                .containsExactly(
                        "restapi.listen",
                        "restapi.connect_address",
                        "postgresql.listen",
                        "postgresql.connect_address",
                        "postgresql.data_dir",
                        "postgresql.authentication.replication.username");
        assertThat(result.errors()).allSatisfy(problem -> {
            assertThat(problem.remedy()).contains("for example");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian-16-main.yml",
                "minimal-13.yml",
                "postgres11-three-nodes.yml",
                "postgres11-bootstrap-from-backup.yml",
                "postgres11-replica-from-backup.yml",
                "patroni-demo.yml"
            })
    void everyMistakeInARealConfigurationIsNamed(String file, @TempDir Path directory) throws IOException {
        Path copy = Configs.write(directory.resolve(file), Files.readString(Configs.resource(file)));
        String problems = ConfigLoader.load(copy, Map.of()).problems().stream()
                .map(problem ->
                        problem.toString().substring(directory.toString().length() + 1) + "\n")
                .collect(Collectors.joining());
        Path expected = Configs.resource(file.replace(".yml", ".problems"));
        if (Boolean.getBoolean("pgha.golden.write")) {
            Files.writeString(expected, problems);
        }

        assertThat(expected)
                .as("after a review: -Dpgha.golden.write=true")
                .content()
                .isEqualTo(problems);
    }

    @Test
    void debiansLayoutIsUnderstood() {
        LocalConfig config = Configs.loadResource("debian-16-main.yml").config().orElseThrow();

        assertThat(config.dcsPrefix()).isEqualTo("/postgresql-common/16-main/");
        assertThat(config.etcd().endpoints())
                .containsExactly(
                        "http://192.168.122.18:2379", "http://192.168.122.104:2379", "http://192.168.122.187:2379");
        assertThat(config.restApi().apiUrl()).isEqualTo("http://192.168.122.236:8008/patroni");
        BootstrapConfig bootstrap = config.bootstrap().orElseThrow();
        assertThat(bootstrap.custom().orElseThrow().command()).isEqualTo("/usr/share/patroni/pg_createcluster_patroni");
        assertThat(bootstrap.initdb().arguments()).containsExactly("--encoding=UTF8", "--data-checksums");
        assertThat(bootstrap.users()).hasSize(1);
        assertThat(bootstrap.users().get(0).options()).containsExactly("createrole", "createdb");
        assertThat(bootstrap.dcs().checkTimeline()).isTrue();

        PostgresqlConfig postgresql = config.postgresql();
        assertThat(postgresql.listen()).isEqualTo(new ListenAddress(List.of("*"), 5432));
        assertThat(postgresql.listen().localHost()).isEqualTo("localhost");
        assertThat(postgresql.copying().methods()).singleElement().satisfies(method -> {
            assertThat(method.command()).isEqualTo("/usr/share/patroni/pg_clonecluster_patroni");
        });
        assertThat(postgresql.files().configDir()).hasToString("/etc/postgresql/16/main");
        assertThat(postgresql.connections().unixSocket()).isTrue();
        assertThat(postgresql.authentication().superuser().password()).isEmpty();
        assertThat(postgresql.authentication().rewindRole(16).username()).contains("rewind");
    }

    @Test
    void theClusterWideAndTheLocalPartOfDebiansConfigurationAreMerged() {
        LocalConfig local = Configs.loadResource("debian-16-main.yml").config().orElseThrow();
        DynamicConfig dynamic = local.bootstrap().orElseThrow().dcs();

        EffectiveConfig config = EffectiveConfig.of(local, dynamic);

        assertThat(config.timing(Timing.Limits.PGHA).timing()).isEqualTo(Timing.DEFAULT);
        assertThat(config.postgresql().rewinding().usePgRewind()).isTrue();
        assertThat(config.postgresql().rewinding().removeDataDirectoryOnDivergedTimelines())
                .isTrue();
        assertThat(config.postgresql().server().pgHba(ServerRole.REPLICA).orElseThrow())
                .hasSize(8);
        assertThat(config.serverParameters(ServerRole.PRIMARY, 16))
                .containsEntry("max_connections", "50")
                .containsEntry("log_directory", "/var/log/postgresql")
                .containsEntry("log_file_mode", "0644")
                .containsEntry("listen_addresses", "*")
                .containsEntry("port", "5432")
                .containsEntry("cluster_name", "16-main")
                .containsEntry("wal_level", "replica")
                .containsEntry("wal_keep_size", "128MB")
                .doesNotContainKey("wal_keep_segments");
    }

    @Test
    void aBootstrapFromABackupIsUnderstood() {
        LocalConfig config = Configs.loadResource("postgres11-bootstrap-from-backup.yml")
                .config()
                .orElseThrow();

        BootstrapConfig.Method method =
                config.bootstrap().flatMap(BootstrapConfig::custom).orElseThrow();
        assertThat(method.name()).isEqualTo("pgbackrest");
        assertThat(method.noParams()).isFalse();
        assertThat(method.keepExistingRecoveryConf()).isFalse();
        assertThat(method.arguments()).isEmpty();
        assertThat(method.recoveryConf())
                .containsEntry("restore_command", "pgbackrest --stanza=produccion archive-get %f %p")
                .containsEntry("recovery_target", "immediate");
        assertThat(config.postgresql().server().parameters()).containsEntry("unix_socket_directories", ".");
        assertThat(config.postgresql().pgCtlTimeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aReplicaFromTheBackupRepositoryIsUnderstood() {
        LocalConfig config = Configs.loadResource("postgres11-replica-from-backup.yml")
                .config()
                .orElseThrow();

        assertThat(config.postgresql().copying().methods())
                .containsExactly(new PostgresqlConfig.ReplicaMethod(
                        "pgbackrest",
                        "pgbackrest --pg1-path=/data/patroni --stanza=produccion --delta restore",
                        true,
                        true,
                        false,
                        java.util.Map.of()));
        assertThat(config.postgresql().files().binDir()).isEqualTo(Optional.empty());
    }
}
