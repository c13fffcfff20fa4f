package io.pgha.config;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pgha.config.source.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Class A of the bad inputs: files that are no configuration. Each gets an error and costs little. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class BadInputTest {

    @TempDir
    private Path directory;

    @Test
    void anEmptyFileIsRefused() {
        assertRefused("", "contains no configuration");
        assertRefused("# nothing but this\n", "contains no configuration");
        assertRefused("---\n", "contains no configuration");
        assertRefused("null\n", "contains no configuration");
        assertRefused("{}\n", "contains no configuration");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertRefused(ConfigLoader.load(directory.resolve("none.yml"), Map.of()), "does not exist");
    }

    @Test
    void anEmptyDirectoryIsRefused() {
        assertRefused(ConfigLoader.load(directory, Map.of()), "without any *.yml");
    }

    @Test
    void aPipeIsRefusedAndNotWaitedFor() throws Exception {
        Path pipe = directory.resolve("pipe.yml");
        Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeThat(mkfifo.waitFor()).as("mkfifo").isZero();

        assertRefused(ConfigLoader.load(pipe, Map.of()), "neither a file nor a directory");
    }

    @Test
    void anEndlessDeviceIsRefused() {
        assumeThat(Path.of("/dev/zero")).exists();

        assertRefused(ConfigLoader.load(Path.of("/dev/zero"), Map.of()), "neither a file nor a directory");
    }

    @Test
    void aFileThatMayNotBeReadIsRefused() {
        Path file = Configs.write(directory.resolve("pgha.yml"), Configs.MINIMAL);
        assertThat(file.toFile().setReadable(false, false)).isTrue();
        // root may read every file but the kernel's write-only ones
        Path unreadable = Files.isReadable(file) ? Path.of("/proc/sys/net/ipv4/route/flush") : file;

        assertRefused(ConfigLoader.load(unreadable, Map.of()), "may not be read");
    }

    @Test
    void aHugeFileIsRefused() throws IOException {
        Path file = directory.resolve("huge.yml");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(50L * 1024 * 1024);
        }

        assertRefused(ConfigLoader.load(file, Map.of()), "larger than 2 MB");
    }

    @Test
    void aBinaryFileIsRefused() throws IOException {
        assertRefused(loadBytes(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0}), "binary");
        assertRefused(loadBytes(new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xff}), "not text in UTF-8");
        assertRefused(loadBytes(Configs.MINIMAL.getBytes(UTF_16LE)), "binary");
    }

    @Test
    void aByteOrderMarkAndForeignLineEndsAreRead() throws IOException {
        assertThat(loadBytes(("\uFEFF" + Configs.MINIMAL).getBytes(UTF_8)).config())
                .isPresent();
        assertThat(loadBytes(Configs.MINIMAL.getBytes(UTF_16)).config()).isPresent();
        assertThat(load(Configs.MINIMAL.replace("\n", "\r\n")).config()).isPresent();
    }

    @Test
    void aTabIsNamedAsSuch() {
        ConfigResult result = load("scope: main\nrestapi:\n\tlisten: 127.0.0.1:8008\n");

        assertThat(result.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.place().line()).isEqualTo(3);
            assertThat(problem.remedy()).contains("no tabs");
        });
    }

    @Test
    void aKeyWrittenTwiceIsNamedAndTheLastOneCounts() {
        ConfigResult result = load(Configs.MINIMAL + "name: b\n");

        assertThat(result.config().orElseThrow().name()).isEqualTo("b");
        assertThat(result.warnings()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).hasToString("name");
            assertThat(problem.place().line()).isEqualTo(11);
            assertThat(problem.found()).contains("written twice", "line 2");
        });
    }

    @Test
    void aliasesThatGrowExponentiallyAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s, %s, %s, %s]\n".formatted(i, i, alias, alias, alias, alias));
        }

        assertRefused(bomb.toString(), "100000 values");
    }

    @Test
    void manyAliasesAreRefused() {
        assertRefused("a: &a [1]\nb: [" + "*a, ".repeat(1000) + "*a]\n", "aliases");
    }

    @Test
    void anAliasOfItselfIsRefused() {
        assertRefused("a: &a\n  b: *a\n", "contains itself");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 10_000})
    void deepNestingIsRefused(int depth) {
        ConfigResult result = load("a: " + "[".repeat(depth) + "]".repeat(depth) + "\n");

        assertThat(result.config()).isEmpty();
        assertThat(result.errors().get(0).message()).containsIgnoringCase("nest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1/\"]]]]",
                "!!java.io.File [/tmp/x]",
                "a: !<tag:yaml.org,2002:java.lang.Runtime> x",
                "a: !local x",
                "a: !!binary aGVsbG8=",
                "a: !!set {x, y}",
                "? !!java.net.URL [http://127.0.0.1/]\n: x",
            })
    void typeTagsAreRefusedAndNothingIsConstructed(String yaml) {
        ConfigResult result = load(yaml + "\n");

        assertThat(result.config()).isEmpty();
        assertThat(result.errors()).isNotEmpty();
    }

    @Test
    void aListOrAScalarAtTheTopIsRefused() {
        assertRefused("- a\n- b\n", "is a list");
        assertRefused("just words\n", "is a single value");
        assertRefused("42\n", "is a single value");
    }

    @Test
    void severalDocumentsAreRefused() {
        assertRefused(Configs.MINIMAL + "---\nname: b\n", "second document");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: [1, 2", "a: b: c", "'", "a: \"x", "{", "%TAG", "a: *nowhere", "@a", "a: |\n x\n y: z\n -"})
    void brokenYamlIsNamedWithItsLine(String yaml) {
        ConfigResult result = load(yaml);

        assertThat(result.errors()).isNotEmpty();
        assertThat(result.errors().get(0).place().line()).isPositive();
    }

    @Test
    void emptySectionsCountAsMissing() {
        ConfigResult result =
                load("scope: main\nname: a\netcd3:\nrestapi:\npostgresql:\nlog:\ntags:\nwatchdog:\nctl:\n");

        assertThat(result.errors())
                .extracting(problem -> problem.path().toString())
                .contains("etcd3", "restapi.listen", "postgresql.data_dir");
    }

    @Test
    void sectionsThatAreNoMappingsAreRefused() {
        ConfigResult result =
                load("scope: [a]\nname: {a: b}\netcd3: x\nrestapi: 1\npostgresql: [y]\nbootstrap: true\n");

        assertThat(result.errors())
                .extracting(problem -> problem.path().toString())
                .contains("scope", "name", "etcd3", "restapi", "postgresql", "bootstrap");
    }

    @Test
    void mergeKeysWork() {
        ConfigResult result = load("""
                common: &common {username: postgres, password: x}
                scope: main
                name: a
                etcd3: {host: 127.0.0.1}
                restapi: {listen: 127.0.0.1:8008}
                postgresql:
                  listen: 127.0.0.1:5432
                  data_dir: /srv/data
                  authentication:
                    superuser: *common
                    replication: {<<: *common, username: replicator}
                """);

        Authentication authentication =
                result.config().orElseThrow().postgresql().authentication();
        assertThat(authentication.superuser().username()).contains("postgres");
        assertThat(authentication.replication().username()).contains("replicator");
        assertThat(authentication.replication().password().orElseThrow().revealed())
                .isEqualTo("x");
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        ConfigResult result = load(Configs.MINIMAL + "\"col\\e[31mour\\n\": 1\nwatchdog: {mode: \"\\e[2J\"}\n");

        assertThat(result.problems()).isNotEmpty();
        assertThat(result.problems())
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void refusingTakesNoTime() {
        long start = System.nanoTime();
        load("a: &a [" + "x, ".repeat(100_000) + "x]\n");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    private ConfigResult load(String yaml) {
        return Configs.load(directory, yaml);
    }

    private ConfigResult loadBytes(byte[] bytes) throws IOException {
        Path file = Configs.write(directory.resolve("pgha.yml"), "");
        Files.write(file, bytes);
        return ConfigLoader.load(file, Map.of());
    }

    private void assertRefused(String yaml, String message) {
        assertRefused(load(yaml), message);
    }

    private static void assertRefused(ConfigResult result, String message) {
        assertThat(result.config()).isEqualTo(Optional.empty());
        List<Problem> errors = result.errors();
        assertThat(errors).isNotEmpty();
        assertThat(errors.get(0).message()).contains(message);
    }
}
