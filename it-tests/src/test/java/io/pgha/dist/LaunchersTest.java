package io.pgha.dist;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launchers, run with fake Javas that print what they were called with. */
class LaunchersTest {
    private static final Path SOURCES = Path.of("..", "dist", "src", "main", "pgha");

    @TempDir
    Path directory;

    private Path home = Path.of("not-installed");

    private record Run(int exitStatus, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(directory.resolve("installed here/pgha"));
        for (String part : List.of("bin", "libexec")) {
            Files.createDirectories(home.resolve(part));
            try (Stream<Path> files = Files.list(SOURCES.resolve(part))) {
                for (Path file : files.toList()) {
                    Path copy = home.resolve(part).resolve(file.getFileName());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }

    @Test
    void theNewestJavaIsTaken() throws Exception {
        Path newest = fakeJava("99.0.1", "newest");
        assertThat(run("pgha", Map.of("JAVA_HOME", newest.toString())).lines()).contains("java newest");
    }

    @Test
    void anOldJavaHomeIsPassedOver() throws Exception {
        Path old = fakeJava("11.0.2", "old");
        Run run = run("hactl", Map.of("JAVA_HOME", old.toString()), "--version");
        assertThat(run.lines()).doesNotContain("java old");
    }

    @Test
    void theJavaThatTheOperatorNamesIsTaken() throws Exception {
        Path named = fakeJava("17.0.15", "named");
        Path newest = fakeJava("99.0.1", "newest");
        Run run = run("pgha", Map.of("PGHA_JAVA_HOME", named.toString(), "JAVA_HOME", newest.toString()));
        assertThat(run.lines()).contains("java named");
    }

    @Test
    void aNamedJavaThatIsTooOldIsRefusedWithTheReason() throws Exception {
        Path old = fakeJava("11.0.2", "old");
        Run run = run("pgha", Map.of("PGHA_JAVA_HOME", old.toString()));
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.text()).contains("PGHA_JAVA_HOME=" + old, "17");
    }

    @Test
    void argumentsArriveAsTheyWereGiven() throws Exception {
        Run run = run("hactl", Map.of("PGHA_JAVA_HOME", fakeJava("17.0.15", "x").toString()), "a b", "", "$HOME", "*");
        assertThat(run.lines()).endsWith("<io.pgha.ctl.Hactl>", "<a b>", "<>", "<$HOME>", "<*>");
    }

    @Test
    void theOperatorsOptionsComeAfterOurs() throws Exception {
        Run run = run(
                "pgha",
                Map.of("PGHA_JAVA_HOME", fakeJava("17.0.15", "x").toString(), "PGHA_JAVA_OPTS", "-Xmx64m -Dx=y"));
        assertThat(run.lines())
                .containsSubsequence("<-Xmx48m>", "<-Xmx64m>", "<-Dx=y>", "<io.pgha.agent.runtime.Main>");
    }

    @Test
    void theAgentIsTheProcessThatWasStarted() throws Exception {
        Run run = run("pgha", Map.of("PGHA_JAVA_HOME", fakeJava("17.0.15", "x").toString()));
        assertThat(run.lines()).contains("pid as started");
    }

    @Test
    void theInstallationIsFoundThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("pgha-link"), home.resolve("bin/pgha"));
        Run run = run(link, Map.of("PGHA_JAVA_HOME", fakeJava("17.0.15", "x").toString()));
        assertThat(run.lines()).contains("<-Dpgha.home=" + home.toRealPath() + ">");
    }

    @Test
    void anArchiveIsUsedWhereItWasMadeForThisJava() throws Exception {
        Path cds = Files.createDirectories(home.resolve("lib/cds"));
        Files.writeString(cds.resolve("pgha-17.0.15+6-Vendor.jsa"), "archive");
        Files.writeString(cds.resolve("pgha-25.0.1+6-Vendor.aot"), "archive");
        String archives = home.toRealPath() + "/lib/cds/";
        assertThat(run("pgha", Map.of("PGHA_JAVA_HOME", fakeJava("17.0.15", "x").toString()))
                        .lines())
                .contains("<-XX:SharedArchiveFile=" + archives + "pgha-17.0.15+6-Vendor.jsa>");
        assertThat(run("pgha", Map.of("PGHA_JAVA_HOME", fakeJava("25.0.1", "x").toString()))
                        .lines())
                .contains("<-XX:AOTCache=" + archives + "pgha-25.0.1+6-Vendor.aot>", "<-XX:+UseCompactObjectHeaders>");
        assertThat(run("pgha", Map.of("PGHA_JAVA_HOME", fakeJava("21.0.1", "x").toString()))
                        .text())
                .doesNotContain("SharedArchiveFile", "AOTCache", "CompactObjectHeaders");
    }

    private Path fakeJava(String version, String name) throws IOException {
        Path java = Files.createDirectories(directory.resolve("java-" + name + "-" + version));
        Files.writeString(java.resolve("release"), """
                IMPLEMENTOR="Vendor Inc."
                JAVA_RUNTIME_VERSION="%s+6"
                JAVA_VERSION="%s"
                """.formatted(version, version));
        Path program = Files.createDirectories(java.resolve("bin")).resolve("java");
        Files.writeString(program, """
                #!/bin/sh
                echo "java %s"
                [ "$$" = "$STARTED_AS" ] && echo "pid as started"
                for argument in "$@"; do echo "<$argument>"; done
                """.formatted(name));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return java;
    }

    private Run run(String launcher, Map<String, String> environment, String... arguments) throws Exception {
        return run(home.resolve("bin").resolve(launcher), environment, arguments);
    }

    private Run run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        Path output = Files.createTempFile(directory, "output", ".txt");
        List<String> command = Stream.concat(
                        Stream.of(
                                "sh",
                                "-c",
                                "STARTED_AS=$$; export STARTED_AS; exec \"$0\" \"$@\"",
                                launcher.toString()),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PGHA_") || name.equals("JAVA_HOME"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readAllLines(output));
    }
}
