package io.pgha.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts §2.13, on a machine that the test makes up in a directory. */
class ValidateConfigTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path bin;
    private Path data;

    @BeforeEach
    void makeUpAMachine() throws IOException {
        bin = Files.createDirectory(directory.resolve("bin"));
        data = directory.resolve("data");
        for (String tool : Set.of("pg_ctl", "initdb", "pg_controldata", "pg_basebackup", "pg_isready")) {
            program(tool, "exit 0");
        }
        program("postgres", "echo 'postgres (PostgreSQL) 16.4'");
    }

    @Test
    void aConfigurationThatFitsIsAccepted() throws IOException {
        try (ServerSocket etcd = free()) {
            assertThat(validate(yaml(etcd.getLocalPort(), unused(), unused()))).isZero();
            assertThat(err.toString(UTF_8)).isEqualTo(directory.resolve("pgha.yml") + ": 0 errors, 0 warnings\n");
            assertThat(out.toString(UTF_8)).isEmpty();
        }
    }

    @Test
    void aPortInUseIsAnErrorUnlessItIsIgnored() throws IOException {
        try (ServerSocket busy = free()) {
            String yaml = yaml(busy.getLocalPort(), busy.getLocalPort(), unused());
            assertThat(validate(yaml)).isOne();
            assertThat(err.toString(UTF_8))
                    .contains("error: restapi.listen: port " + busy.getLocalPort() + " is already in use")
                    .contains("1 error, 0 warnings");
            assertThat(validate(yaml, ValidateConfig.Option.IGNORE_LISTEN_PORT)).isZero();
        }
    }

    @Test
    void whatAnotherMachineMayHaveIsAWarning() {
        String yaml = yaml(unused(), unused(), unused())
                .replace("listen: 127.0.0.1", "listen: 192.0.2.1")
                .replace(bin.toString(), "/nowhere/bin")
                .replace(data.toString(), "/nowhere/at/all");

        assertThat(validate(yaml)).isZero();
        assertThat(err.toString(UTF_8))
                .contains("warning: etcd3: cannot be reached from this machine")
                .contains("warning: restapi.listen: cannot be listened at on this machine")
                .contains("warning: postgresql.listen: cannot be listened at on this machine")
                .contains("warning: postgresql.bin_dir: lacks programs on this machine: pg_ctl, initdb,")
                .contains("warning: postgresql.data_dir: does not exist on this machine, and neither does /nowhere/at");
    }

    @Test
    void aDataDirectoryOfAnotherVersionIsAnError() throws IOException {
        dataOfVersion("15");
        assertThat(validateWithFreePorts()).isOne();
        assertThat(err.toString(UTF_8))
                .contains(
                        "error: postgresql.data_dir: holds data of PostgreSQL 15, but the programs are of version 16");
    }

    @Test
    void aDataDirectoryOfThisVersionIsAccepted() throws IOException {
        dataOfVersion("16");
        assertThat(validateWithFreePorts()).isZero();
    }

    @Test
    void anEmptyDataDirectoryIsAccepted() throws IOException {
        Files.createDirectory(data);
        Files.createDirectory(data.resolve("lost+found"));
        assertThat(validateWithFreePorts()).isZero();
    }

    @Test
    void foreignFilesInTheDataDirectoryAreAnError() throws IOException {
        Files.createDirectory(data);
        Files.writeString(data.resolve("thesis.txt"), "dear");
        assertThat(validateWithFreePorts()).isOne();
        assertThat(err.toString(UTF_8)).contains("is not empty and holds no PostgreSQL data");
        assertThat(data.resolve("thesis.txt")).hasContent("dear");
    }

    @Test
    void aFileAsDataDirectoryIsAnError() throws IOException {
        Files.writeString(data, "x");
        assertThat(validateWithFreePorts()).isOne();
        assertThat(err.toString(UTF_8)).contains("is not a directory");
    }

    @Test
    void errorsInTheConfigurationGiveExitCodeOne() {
        assertThat(validate("scope: main\n")).isOne();
        assertThat(err.toString(UTF_8))
                .contains("pgha.yml:1: error: name: is missing")
                .contains(" errors, ");
        assertThat(new ValidateConfig(Map.of(), print(out), print(err)).run(Optional.empty(), Set.of()))
                .isOne();
    }

    @Test
    void theConfigurationIsPrintedWithItsSecretsMasked() {
        String yaml = yaml(1, unused(), unused())
                + "bootstrap: {users: {joe: {password: canary1}}}\n"
                + "ctl: {keyfile_password: canary2, auth: 'u:canary3'}\n"
                + "consul: {token: 1, url: 'http://u:canary4@h'}\n";

        validate(yaml, ValidateConfig.Option.PRINT);

        assertThat(out.toString(UTF_8))
                .contains("scope: main", "username: replicator", "http://u:********@h", "password: '********'")
                .doesNotContain("canary", "rep-secret", "super-secret");
    }

    private int validateWithFreePorts() throws IOException {
        try (ServerSocket etcd = free()) {
            return validate(yaml(etcd.getLocalPort(), unused(), unused()));
        }
    }

    private int validate(String yaml, ValidateConfig.Option... options) {
        err.reset();
        Path file = Configs.write(directory.resolve("pgha.yml"), yaml);
        return new ValidateConfig(Map.of(), print(out), print(err)).run(Optional.of(file), Set.of(options));
    }

    private String yaml(int etcd, int restapi, int postgresql) {
        return Configs.MINIMAL
                        .replace("{host: 127.0.0.1}", "{host: '127.0.0.1:" + etcd + "'}")
                        .replace(":8008", ":" + restapi)
                        .replace(":5432", ":" + postgresql)
                        .replace("/srv/data", data.toString())
                + "  bin_dir: " + bin + "\n";
    }

    private void dataOfVersion(String version) throws IOException {
        Files.createDirectories(data.resolve("global"));
        Files.writeString(data.resolve("global/pg_control"), "x");
        Files.writeString(data.resolve("PG_VERSION"), version + "\n");
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static int unused() {
        try (ServerSocket socket = free()) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, UTF_8);
    }
}
