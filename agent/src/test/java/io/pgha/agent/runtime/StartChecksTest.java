package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartChecksTest {
    @TempDir
    private Path folder;

    private Path programs;

    @BeforeEach
    void installPostgres() throws IOException {
        programs = Files.createDirectory(folder.resolve("bin"));
        for (String tool : List.of("pg_ctl", "initdb", "pg_controldata", "pg_basebackup", "pg_isready", "postgres")) {
            Path file = Files.writeString(
                    programs.resolve(tool), "#!/bin/sh\necho 'postgres (PostgreSQL) 15.18 (Debian 15.18-1)'\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }

    @Test
    void theVersionComesFromTheProgram() {
        assertThat(check()).isEqualTo(new StartChecks.ServerVersion(15, java.util.Optional.empty()));
    }

    @Test
    void aMissingProgramIsNamedWithItsPlace() throws IOException {
        Files.delete(programs.resolve("pg_basebackup"));
        assertThat(check().refusal())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("pg_basebackup")
                        .contains(programs.toString())
                        .contains("bin_dir"));
    }

    @Test
    void programsOfAnotherKindAreRefused() throws IOException {
        Files.writeString(programs.resolve("postgres"), "#!/bin/sh\necho rubbish\n");
        assertThat(check().refusal()).isPresent();
    }

    @Test
    void dataOfAnotherVersionIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/PG_VERSION"), "13\n");
        assertThat(check().refusal())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("PostgreSQL 13")
                        .contains("version 15")
                        .contains("data_dir"));
        Files.writeString(folder.resolve("data/PG_VERSION"), "15\n");
        assertThat(check().refusal()).isEmpty();
    }

    private StartChecks.ServerVersion check() {
        return StartChecks.server(
                new TestConfig(folder).postgresql("bin_dir: " + programs).load(), Map.of());
    }
}
