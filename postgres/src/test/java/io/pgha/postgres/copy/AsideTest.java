package io.pgha.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.postgres.process.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory that is put aside and back again is what it was, with what its links lead to. */
class AsideTest {
    @TempDir
    Path folder;

    private final Aside aside = new Aside(ServerAccount.own());

    @Test
    void whatWasPutAsideComesBackWithItsWalAndTablespaces() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "15");
        Path wal = Files.createDirectory(folder.resolve("wal"));
        Files.writeString(wal.resolve("segment"), "wal");
        Files.createSymbolicLink(data.resolve("pg_wal"), wal);
        Path space = Files.createDirectories(folder.resolve("space"));
        Files.writeString(space.resolve("PG_15"), "rows");
        Files.createDirectory(data.resolve("pg_tblspc"));
        Files.createSymbolicLink(data.resolve("pg_tblspc").resolve("16384"), space);

        Path kept = aside.byTime(data);
        assertThat(data).doesNotExist();
        assertThat(wal).isEmptyDirectory();
        assertThat(kept.resolve("pg_wal").resolve("segment")).hasContent("wal");

        aside.putBack(kept, data);
        assertThat(kept).doesNotExist();
        assertThat(data.resolve("PG_VERSION")).hasContent("15");
        assertThat(wal.resolve("segment")).hasContent("wal");
        assertThat(space.resolve("PG_15")).hasContent("rows");
        assertThat(data.resolve("pg_wal").toRealPath()).isEqualTo(wal.toRealPath());
        assertThat(data.resolve("pg_tblspc").resolve("16384").toRealPath()).isEqualTo(space.toRealPath());
    }

    @Test
    void theSizeOfAFolderFollowsNoLinks() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("five"), "12345");
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "1234567890".repeat(100));
        Files.createSymbolicLink(data.resolve("link"), elsewhere);
        assertThat(FolderSize.of(data)).isLessThan(500);
    }
}
