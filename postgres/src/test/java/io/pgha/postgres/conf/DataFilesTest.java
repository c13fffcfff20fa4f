package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Timeline;
import io.pgha.postgres.version.PostgresVersion;
import io.pgha.postgres.version.UnsupportedVersionException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {
    @TempDir
    Path data;

    @Test
    void dotFilesAndLostAndFoundLeaveADirectoryEmpty() throws IOException {
        assertThat(files().state()).isEqualTo(DataDirectory.EMPTY);
        Files.createDirectory(data.resolve("lost+found"));
        Files.writeString(data.resolve(".bash_history"), "");
        assertThat(files().state()).isEqualTo(DataDirectory.EMPTY);
        assertThat(new DataFiles(data.resolve("missing")).state()).isEqualTo(DataDirectory.EMPTY);
    }

    @Test
    void foreignFilesMakeItUntouchable() throws IOException {
        Files.writeString(data.resolve("thesis.doc"), "");
        assertThat(files().state()).isEqualTo(DataDirectory.INACCESSIBLE);
        assertThat(new DataFiles(data.resolve("thesis.doc")).state()).isEqualTo(DataDirectory.INACCESSIBLE);
        Files.createSymbolicLink(data.resolve("dangling"), data.resolve("nowhere"));
        assertThat(new DataFiles(data.resolve("dangling")).state()).isEqualTo(DataDirectory.INACCESSIBLE);
    }

    @Test
    void aControlFileMakesItADataDirectory() throws IOException {
        Files.createDirectory(data.resolve("global"));
        Files.writeString(data.resolve("global/pg_control"), "");
        assertThat(files().state()).isEqualTo(DataDirectory.PRESENT);
    }

    @Test
    void readsTheVersionFile() throws IOException {
        assertThat(files().version()).isEmpty();
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        assertThat(files().version()).contains(PostgresVersion.ofMajor(15));
        Files.writeString(data.resolve("PG_VERSION"), "9.6\n");
        assertThatThrownBy(() -> files().version()).isInstanceOf(UnsupportedVersionException.class);
    }

    @Test
    void readsPidAndOptionsFiles() throws IOException {
        assertThat(files().postmasterPid()).isEmpty();
        assertThat(files().postmasterOpts()).isEmpty();
        Files.writeString(data.resolve("postmaster.pid"), "12\n/d\n");
        Files.writeString(data.resolve("postmaster.opts"), "/p \"-D\" \"/d\"\n");
        assertThat(files().postmasterPid().orElseThrow().pid()).isEqualTo(12);
        assertThat(files().postmasterOpts().orElseThrow().arguments()).containsExactly("-D", "/d");
    }

    @Test
    void theLastEntryOfAHistoryHasTheFilesTime() throws IOException {
        Path file = Files.createDirectory(data.resolve("pg_wal")).resolve("00000003.history");
        Files.writeString(
                file, "1\t0/4045B20\tno recovery target specified\n2\t0/4045D20\tno recovery target specified\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-21T00:56:27.152935Z")));
        List<HistoryEntry> history = files().history(new Timeline(3), ZoneOffset.UTC);
        assertThat(history)
                .extracting(HistoryEntry::promotedAt)
                .containsExactly(Optional.empty(), Optional.of("2026-11-21T00:56:27.152935+00:00"));
        assertThat(files().history(Timeline.FIRST, ZoneOffset.UTC)).isEmpty();
        assertThat(files().history(new Timeline(4), ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void aFileWithoutEndIsNotReadToItsEnd() throws IOException {
        Files.createSymbolicLink(data.resolve("postmaster.opts"), Path.of("/dev/zero"));
        assertThatThrownBy(() -> files().postmasterOpts()).isInstanceOf(FileSystemException.class);
    }

    @Test
    void seesBackupLabelAndSignals() throws IOException {
        assertThat(files().hasBackupLabel()).isFalse();
        assertThat(files().hasRecoverySignal()).isFalse();
        Files.writeString(data.resolve("backup_label"), "");
        Files.writeString(data.resolve("standby.signal"), "");
        assertThat(files().hasBackupLabel()).isTrue();
        assertThat(files().hasRecoverySignal()).isTrue();
    }

    private DataFiles files() {
        return new DataFiles(data);
    }
}
