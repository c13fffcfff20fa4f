package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.postgres.version.PostgresVersion;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
    private static final PostgresVersion V11 = PostgresVersion.ofMajor(11);
    private static final PostgresVersion V15 = PostgresVersion.ofMajor(15);
    private static final TreeMap<String, String> PARAMETERS = new TreeMap<>(Map.of("port", "7100"));

    @TempDir
    Path folder;

    private Path data;
    private ConfigFiles files;

    @BeforeEach
    void dataDirectoryOfInitdb() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(data.resolve("postgresql.conf"), "# original\nfsync = on\n");
        Files.writeString(data.resolve("pg_hba.conf"), "local all all trust");
        Files.writeString(data.resolve("pg_ident.conf"), "# none\n");
        files = new ConfigFiles(data, data, "postgresql", Optional.empty());
    }

    @Test
    void theOriginalIsKeptOnceAsBaseConfiguration() throws IOException {
        assertThat(files.writeMain(PARAMETERS, Optional.empty(), V15)).isTrue();
        assertThat(files.baseFile()).hasContent("# original\nfsync = on");
        assertThat(files.mainFile())
                .content()
                .startsWith(PostgresqlConf.HEADER)
                .contains("include 'postgresql.base.conf'");
        assertThat(mode(files.mainFile())).isEqualTo("rw-------");

        assertThat(files.writeMain(PARAMETERS, Optional.empty(), V15)).isFalse();
        assertThat(files.writeMain(new TreeMap<>(Map.of("port", "7")), Optional.empty(), V15))
                .isTrue();
        assertThat(files.baseFile()).hasContent("# original\nfsync = on");
    }

    @Test
    void aGeneratedFileNeverBecomesItsOwnBase() throws IOException {
        files.writeMain(PARAMETERS, Optional.empty(), V15);
        Files.delete(files.baseFile());
        files.writeMain(PARAMETERS, Optional.empty(), V15);
        assertThat(files.baseFile()).isEmptyFile();
    }

    @Test
    void customConfTakesThePlaceOfTheBase() throws IOException {
        ConfigFiles custom = new ConfigFiles(data, data, "postgresql", Optional.of(Path.of("/etc/own.conf")));
        custom.writeMain(PARAMETERS, Optional.empty(), V15);
        assertThat(custom.mainFile()).content().contains("include '/etc/own.conf'\n");
        assertThat(custom.baseFile()).doesNotExist();
    }

    @Test
    void permissionsFollowTheDataDirectory() throws IOException {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
        files.writeMain(PARAMETERS, Optional.empty(), V15);
        assertThat(mode(files.mainFile())).isEqualTo("rw-r-----");
    }

    @Test
    void anExternalConfigurationFolderKeepsItsPermissions() throws IOException {
        Path etc = Files.createDirectories(folder.resolve("etc/postgresql/15/main"));
        Files.writeString(etc.resolve("postgresql.conf"), "data_directory = '/x'\n");
        Files.writeString(etc.resolve("pg_hba.conf"), "local all all peer\n");
        Files.setPosixFilePermissions(etc.resolve("pg_hba.conf"), PosixFilePermissions.fromString("rw-r-----"));
        ConfigFiles debian = new ConfigFiles(data, etc, "postgresql", Optional.empty());
        debian.writeMain(PARAMETERS, Optional.empty(), V15);
        debian.writeHba(List.of("local all all trust"));

        assertThat(debian.baseFile())
                .isEqualTo(etc.resolve("postgresql.base.conf"))
                .exists();
        assertThat(debian.mainFile()).content().contains("hba_file = '" + etc.resolve("pg_hba.conf") + "'");
        assertThat(mode(debian.hbaFile())).isEqualTo("rw-r-----");
        assertThat(mode(debian.mainFile())).startsWith("rw-");
        debian.backUp();
        assertThat(data.resolve("pg_hba.conf.backup")).hasContent(PostgresqlConf.HEADER + "local all all trust");
        assertThat(mode(data.resolve("pg_hba.conf.backup"))).isEqualTo("rw-------");
    }

    @Test
    void aLinkedConfigurationFileStaysALink() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("hba"), "x");
        Files.delete(files.hbaFile());
        Files.createSymbolicLink(files.hbaFile(), elsewhere);
        files.writeHba(List.of("local all all trust"));
        assertThat(files.hbaFile()).isSymbolicLink();
        assertThat(elsewhere).hasContent(PostgresqlConf.HEADER + "local all all trust");
    }

    @Test
    void aFolderInPlaceOfAFileIsAnError() throws IOException {
        Files.delete(files.hbaFile());
        Files.createDirectory(files.hbaFile());
        assertThatThrownBy(() -> files.writeHba(List.of())).isInstanceOf(FileSystemException.class);
    }

    @Test
    void recoverySettingsInAutoConfDoNotWin() throws IOException {
        Files.writeString(
                files.autoFile(),
                "# Do not edit\nprimary_conninfo = 'host=old'\nwork_mem = '4MB'\nRESTORE_COMMAND = 'x'\n",
                java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(files.writeMain(PARAMETERS, Optional.empty(), V15)).isTrue();
        assertThat(files.autoFile()).hasContent("# Do not edit\nwork_mem = '4MB'");
        assertThat(files.writeMain(PARAMETERS, Optional.empty(), V15)).isFalse();
    }

    @Test
    void aStandbyOfTwelveAndNewerHasASignalFile() throws IOException {
        Files.writeString(data.resolve("recovery.conf"), "");
        Files.writeString(data.resolve("recovery.signal"), "");
        RecoverySettings standby = RecoverySettings.forStandby(Map.of(), Optional.empty(), Map.of(), V15);
        files.writeRecovery(standby, V15);
        files.writeMain(PARAMETERS, Optional.of(standby), V15);
        assertThat(data.resolve("standby.signal")).isEmptyFile();
        assertThat(data.resolve("recovery.signal")).doesNotExist();
        assertThat(data.resolve("recovery.conf")).doesNotExist();
        assertThat(files.mainFile()).content().contains("\n# recovery.conf\nrecovery_target = ''\n");

        files.writeRecovery(RecoverySettings.forBootstrap(Map.of(), V15), V15);
        assertThat(data.resolve("recovery.signal")).isEmptyFile();
        assertThat(data.resolve("standby.signal")).doesNotExist();

        files.removeRecovery();
        assertThat(new DataFiles(data).hasRecoverySignal()).isFalse();
    }

    @Test
    void aStandbyOfElevenHasAFileOfItsOwn() throws IOException {
        RecoverySettings standby = RecoverySettings.forStandby(Map.of(), Optional.empty(), Map.of(), V11);
        files.writeRecovery(standby, V11);
        files.writeMain(PARAMETERS, Optional.of(standby), V11);
        assertThat(data.resolve("recovery.conf")).hasContent(standby.recoveryConf());
        assertThat(data.resolve("standby.signal")).doesNotExist();
        assertThat(files.mainFile()).content().doesNotContain("recovery_target");
        assertThat(new DataFiles(data).recoveryConf()).contains(standby.recoveryConf());
    }

    @Test
    void copiesTravelWithTheDataDirectory() throws IOException {
        byte[] latin1 = {'#', (byte) 0xe9, '\n'};
        Files.write(data.resolve("postgresql.conf"), latin1);
        files.writeMain(PARAMETERS, Optional.empty(), V15);
        files.backUp();
        for (Path file : List.of(files.mainFile(), files.baseFile(), files.hbaFile(), files.identFile())) {
            assertThat(data.resolve(file.getFileName() + ".backup")).hasSameBinaryContentAs(file);
            Files.delete(file);
        }
        Files.delete(data.resolve("pg_ident.conf.backup"));
        files.restoreMissing();
        assertThat(files.baseFile()).hasBinaryContent(latin1);
        assertThat(files.hbaFile()).hasContent("local all all trust");
        assertThat(files.identFile()).isEmptyFile();
    }

    @Test
    void linesOfABootstrapAreAppendedToWhatInitdbWrote() throws IOException {
        files.appendToHba(List.of("host all all 0.0.0.0/0 md5"));
        assertThat(files.hbaFile()).hasContent("local all all trust\nhost all all 0.0.0.0/0 md5");
    }

    @Test
    void anHbaFileElsewhereIsNotOurs() {
        assertThat(files.managesHba(Map.of())).isTrue();
        assertThat(files.managesHba(Map.of("hba_file", "pg_hba.conf"))).isTrue();
        assertThat(files.managesHba(Map.of("hba_file", "/etc/hba"))).isFalse();
        assertThat(files.managesIdent(Map.of("ident_file", "other"))).isFalse();
        assertThat(files.mainText(new TreeMap<>(Map.of("hba_file", "own")), Optional.empty(), V15))
                .contains("hba_file = '" + data.resolve("own") + "'")
                .containsOnlyOnce("hba_file");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
