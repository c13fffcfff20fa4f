package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgpassFileTest {
    @TempDir
    Path folder;

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        Path file = folder.resolve("new").resolve("pgpass");
        PgpassFile.write(file, "one\n");
        PgpassFile.write(file, "two\n");

        assertThat(PgpassFile.read(file)).contains("two\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("new").toFile().list()).containsExactly("pgpass");
    }

    @Test
    void aFileThatOthersCouldReadIsReplacedByOneThatTheyCannot() throws IOException {
        Path file = folder.resolve("pgpass");
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        PgpassFile.write(file, "new\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "untouched");
        Path link = Files.createSymbolicLink(folder.resolve("pgpass"), victim);
        assertThatThrownBy(() -> PgpassFile.write(link, "secret\n")).isInstanceOf(FileSystemException.class);
        assertThat(victim).hasContent("untouched");
        assertThat(PgpassFile.read(link)).isEmpty();
    }

    @Test
    void aLinkInPlaceOfTheTemporaryFileIsNotFollowed() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "untouched");
        Files.createSymbolicLink(folder.resolve(".pgpass.pgha"), victim);
        PgpassFile.write(folder.resolve("pgpass"), "secret\n");
        assertThat(victim).hasContent("untouched");
        assertThat(folder.resolve("pgpass")).hasContent("secret");
    }

    @Test
    void aFolderInItsPlaceIsAnError() throws IOException {
        Path there = Files.createDirectory(folder.resolve("pgpass"));
        assertThatThrownBy(() -> PgpassFile.write(there, "x")).isInstanceOf(FileSystemException.class);
        assertThat(there).isEmptyDirectory();
    }
}
