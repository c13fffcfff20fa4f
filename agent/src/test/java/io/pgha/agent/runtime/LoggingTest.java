package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In a JVM of its own, because there is one logging a process. */
class LoggingTest {
    @TempDir
    private Path folder;

    @Test
    void linesGoToTheRotatedFileWithItsModeAndLevel() throws IOException, InterruptedException {
        Path logs = folder.resolve("logs");
        run(
                "dir: " + logs + "\nfile_size: 2000\nfile_num: 2\nmode: 416\nloggers: {quiet.one: ERROR}\nlevel: DEBUG",
                100);
        await().atMost(Duration.ofSeconds(5)).until(() -> Files.exists(logs.resolve("patroni.log.2")));
        try (Stream<Path> files = Files.list(logs)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
                    .isEqualTo(List.of("patroni.log", "patroni.log.1", "patroni.log.2"));
        }
        String first = Files.readString(logs.resolve("patroni.log.1"));
        assertThat(first).contains("DEBUG: line").doesNotContain("not wanted");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(logs.resolve("patroni.log.2"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void withoutAFolderLinesGoToStderrInPatronisShape() throws IOException, InterruptedException {
        assertThat(run("level: WARNING", 1))
                .containsPattern("(?m)^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} WARNING: a warning$")
                .doesNotContain("DEBUG");
    }

    private String run(String log, int lines) throws IOException, InterruptedException {
        Path file = new TestConfig(folder).with("log:\n" + log.indent(2)).file();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString(),
                        Integer.toString(lines))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String output = Files.readString(folder.resolve("output"));
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** Writes some lines. */
    static final class Writer {
        public static void main(String[] arguments) throws IOException {
            Logging logging = Logging.start();
            logging.apply(io.pgha.config.ConfigLoader.load(Path.of(arguments[0]), java.util.Map.of())
                    .config()
                    .orElseThrow()
                    .log());
            Logger logger = LoggerFactory.getLogger("io.pgha.test");
            LoggerFactory.getLogger("quiet.one").info("not wanted");
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                logger.debug("line {} of the log, long enough to make it turn over soon", i);
            }
            logger.warn("a warning");
            logging.flush();
        }
    }
}
