package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.ConfigLoader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PghaCommandTest {
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(run("--version")).isZero();
        assertThat(text(out)).startsWith("pgha ");
    }

    @Test
    void aBadCommandLineIsNamed() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("name the configuration");
        assertThat(run("--nonsense")).isEqualTo(ExitCode.USAGE);
        assertThat(run("-p", "x.yml")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--validate-config", "--generate-sample-config", "x.yml"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void validationTellsByItsExitCode() {
        assertThat(run("--validate-config", "-i", new TestConfig(folder).file().toString()))
                .isZero();
        assertThat(run("--validate-config", folder.resolve("missing.yml").toString()))
                .isEqualTo(1);
        assertThat(text(err)).contains("missing.yml");
    }

    @Test
    void theSampleIsAValidConfiguration() {
        Path file = folder.resolve("sample.yml");
        assertThat(run("--generate-sample-config", file.toString())).isZero();
        assertThat(ConfigLoader.load(file, Map.of()).errors()).isEmpty();
        assertThat(run("--generate-sample-config", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("is not overwritten");
        assertThat(run("--generate-sample-config")).isZero();
        assertThat(text(out)).contains("#FIXME").doesNotContain("@HOST@");
    }

    @Test
    void aBrokenConfigurationStartsNothing() throws java.io.IOException {
        Path file = Files.writeString(folder.resolve("broken.yml"), "scope: [\n");
        assertThat(Main.agent(java.util.Optional.of(file), Map.of())).isEqualTo(ExitCode.CONFIGURATION);
    }

    private int run(String... arguments) {
        return PghaCommand.execute(arguments, Map.of("HOME", folder.toString()));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
