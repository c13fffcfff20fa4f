package io.pgha.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.postgres.process.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalTest {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void makeDataDirectory() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        write(data.resolve("base/1/1259"));
        write(folder.resolve("wal/000000010000000000000001"));
        write(folder.resolve("space/PG_15_202209061/5/16384"));
        write(folder.resolve("space/holiday.jpg"));
        write(folder.resolve("elsewhere/precious"));
        Files.createSymbolicLink(data.resolve("pg_wal"), folder.resolve("wal"));
        Files.createDirectories(data.resolve("pg_tblspc"));
        Files.createSymbolicLink(data.resolve("pg_tblspc/16385"), folder.resolve("space"));
        Files.createSymbolicLink(data.resolve("base/link"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(data.resolve("postgresql.conf"), folder.resolve("elsewhere/precious"));
    }

    @Test
    void onlyPostgresqlsOwnLinksAreFollowed() throws IOException {
        Removal.clear(data);
        assertThat(data).isEmptyDirectory();
        assertThat(folder.resolve("wal")).isEmptyDirectory();
        assertThat(folder.resolve("space")).isDirectoryNotContaining("glob:**PG_*");
        assertThat(folder.resolve("space/holiday.jpg")).exists();
        assertThat(folder.resolve("elsewhere/precious")).exists();
    }

    @Test
    void aDataDirectoryBehindALinkIsEmptiedAndTheLinkStays() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), data);
        Removal.clear(link);
        assertThat(link).isSymbolicLink();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void asideItIsWholeAndItsPlacesAreFree() throws IOException {
        Aside aside = new Aside(ServerAccount.own());
        Path moved = aside.rename(data, "failed");
        assertThat(moved).isEqualTo(folder.resolve("data.failed"));
        assertThat(moved.resolve("pg_wal/000000010000000000000001")).exists();
        assertThat(moved.resolve("pg_tblspc/16385/PG_15_202209061/5/16384")).exists();
        assertThat(folder.resolve("wal")).isEmptyDirectory();
        assertThat(folder.resolve("space")).isEmptyDirectory();
        assertThat(data).doesNotExist();
        write(data.resolve("again"));
        assertThat(aside.rename(data, "failed")).isEqualTo(folder.resolve("data.failed-1"));
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }
}
