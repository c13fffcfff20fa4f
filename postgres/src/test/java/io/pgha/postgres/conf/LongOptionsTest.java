package io.pgha.postgres.conf;

import static io.pgha.postgres.conf.LongOptions.Program.INITDB;
import static io.pgha.postgres.conf.LongOptions.Program.PG_BASEBACKUP;
import static io.pgha.postgres.conf.LongOptions.Program.PG_REWIND;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.postgres.version.PostgresVersion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongOptionsTest {
    private static final PostgresVersion V15 = PostgresVersion.ofMajor(15);

    @Test
    void listsAndMapsBecomeLongOptions() {
        assertThat(LongOptions.of(List.of(Map.of("encoding", "UTF8"), "data-checksums"), INITDB, V15)
                        .accepted())
                .containsExactly("--encoding=UTF8", "--data-checksums");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("checkpoint", "fast");
        map.put("max-rate", 100);
        map.put("label", "");
        map.put("verbose", null);
        assertThat(LongOptions.of(map, PG_BASEBACKUP, V15).accepted())
                .containsExactly("--checkpoint=fast", "--max-rate=100");
        assertThat(LongOptions.of(List.of(Map.of("label", "'my backup'")), PG_BASEBACKUP, V15)
                        .accepted())
                .containsExactly("--label=my backup");
        assertThat(LongOptions.of(null, INITDB, V15).problems()).isEmpty();
    }

    @Test
    void whatIsNoOptionIsAProblem() {
        LongOptions options = LongOptions.of(
                Arrays.asList(null, 1, Map.of("a", List.of()), Map.of("a", "b", "c", "d"), "x y", "", "-x", "a\0b"),
                INITDB,
                V15);
        assertThat(options.accepted()).isEmpty();
        assertThat(options.problems()).hasSize(8);
        assertThat(LongOptions.of("encoding", INITDB, V15).problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgdata", "nosync", "pwfile", "sync-only", "version", "pgd", "pw", "pgdata=/x"})
    void initdbOptionsThatWeSetAreRefusedAlsoWhenShortened(String name) {
        assertThat(LongOptions.of(List.of(name), INITDB, V15).problems()).hasSize(1);
    }

    @Test
    void eachProgramHasItsOwnList() {
        List<String> rewind = List.of("--target-pgdata=/x", "--dry-run", "--source-server=x", "--debug", "--progress");
        assertThat(LongOptions.checked(rewind, PG_REWIND, V15).accepted()).containsExactly("--debug", "--progress");
        List<String> copy =
                List.of("--format=t", "--wal-method=none", "--waldir=/wal", "--no-password", "-D", "--host=h");
        assertThat(LongOptions.checked(copy, PG_BASEBACKUP, V15).accepted())
                .containsExactly("--waldir=/wal", "--no-password");
    }

    @Test
    void compressionIsForTheServerOnly() {
        assertThat(LongOptions.checked(List.of("--compress=server-gzip"), PG_BASEBACKUP, V15)
                        .accepted())
                .hasSize(1);
        assertThat(LongOptions.checked(List.of("--compress=server-gzip"), PG_BASEBACKUP, PostgresVersion.ofMajor(14))
                        .problems())
                .hasSize(1);
        assertThat(LongOptions.checked(List.of("--compress=9", "--comp=9"), PG_BASEBACKUP, V15)
                        .problems())
                .hasSize(2);
    }

    @Test
    void scriptsGetTheirSectionAsArguments() {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("command", "restore.sh");
        section.put("no_leader", true);
        section.put("threads", 4);
        assertThat(LongOptions.forScript(section, Set.of("command")))
                .containsExactly("--no_leader=True", "--threads=4");
    }
}
