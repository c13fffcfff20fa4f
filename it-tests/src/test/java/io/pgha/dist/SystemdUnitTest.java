package io.pgha.dist;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit, as systemd reads it below a root that looks like an installation. */
@Tag("real")
class SystemdUnitTest {
    private static final Path UNITS = Path.of("/usr/lib/systemd/system");

    @TempDir
    Path root;

    @Test
    void systemdHasNothingToSayAgainstTheUnit() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd-analyze is not installed");
        assumeTrue(Files.isDirectory(UNITS), "systemd's own units are not installed");
        Path units = Files.createDirectories(root.resolve("usr/lib/systemd/system"));
        try (var files = Files.walk(UNITS, 1)) {
            for (Path unit : files.filter(Files::isRegularFile).toList()) {
                Files.copy(unit, units.resolve(unit.getFileName()));
            }
        }
        Files.copy(Path.of("..", "systemd", "pgha.service"), units.resolve("pgha.service"));
        program("usr/lib/pgha/bin/pgha");
        program("bin/kill");
        Path output = Files.createTempFile(root, "output", ".txt");
        Process verify = new ProcessBuilder("systemd-analyze", "verify", "--root=" + root, "pgha.service")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(verify.waitFor(60, SECONDS)).isTrue();
        assertThat(Files.readString(output)).doesNotContain("pgha");
        assertThat(verify.exitValue()).isZero();
    }

    private void program(String path) throws Exception {
        Path program = root.resolve(path);
        Files.createDirectories(program.resolveSibling("."));
        Files.writeString(program, "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }
}
