package io.pgha.postgres.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class SecretFileTest {
    private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));

    @Test
    void onlyItsOwnerReadsItAndItIsGoneAfterwards() throws IOException {
        Path path;
        try (SecretFile secret = SecretFile.of("s3cret", ServerAccount.own())) {
            path = secret.path();
            assertThat(path).hasContent("s3cret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
        }
        assertThat(path).doesNotExist();
    }

    /** An agent that was killed while pg_rewind ran could not remove it. */
    @Test
    void whatADeadProcessLeftBehindGoesWithTheNextOneAndThatOfOthersStays() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path abandoned = Files.createFile(FOLDER.resolve("pgha-" + dead.pid() + "-1"));
        Path ours = Files.createFile(
                FOLDER.resolve("pgha-" + ProcessHandle.current().pid() + "-1"));
        Path another = Files.createFile(FOLDER.resolve("pgha-" + dead.pid() + "-notes"));
        try (SecretFile secret = SecretFile.of("s3cret", ServerAccount.own())) {
            assertThat(abandoned).doesNotExist();
            assertThat(ours).exists();
            assertThat(another).exists();
            assertThat(secret.path()).exists();
        } finally {
            Files.deleteIfExists(abandoned);
            Files.delete(ours);
            Files.delete(another);
        }
    }
}
