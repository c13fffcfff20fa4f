package io.pgha.postgres.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path home;

    private Path data;
    private DataFolder folder;

    @BeforeEach
    void name() {
        data = home.resolve("cluster/data");
        folder = new DataFolder(data, home);
    }

    @Test
    void whatIsMissingOrHoldsOnlyDotFilesIsEmpty() throws IOException {
        assertThat(folder.inspect().kind()).isEqualTo(DataDirectory.EMPTY);
        Files.createDirectories(data.resolve("lost+found"));
        Files.writeString(data.resolve(".bash_history"), "");
        assertThat(folder.inspect().kind()).isEqualTo(DataDirectory.EMPTY);
    }

    @Test
    void foreignFilesMakeItInaccessibleAndAControlFileMakesItPresent() throws IOException {
        Files.createDirectories(data.resolve("global"));
        assertThat(folder.inspect().kind()).isEqualTo(DataDirectory.INACCESSIBLE);
        Files.writeString(data.resolve("global/pg_control"), "");
        assertThat(folder.inspect().complaint())
                .hasValueSatisfying(text -> assertThat(text).contains("PG_VERSION"));
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        assertThat(folder.inspect().kind()).isEqualTo(DataDirectory.PRESENT);
        assertThat(folder.inspect().complaint()).isEmpty();
    }

    @Test
    void whatOurselvesLeftUnfinishedMayBeReplaced() throws IOException {
        folder.begin();
        Files.createDirectories(data.resolve("base"));
        assertThat(folder.inspect().kind()).isEqualTo(DataDirectory.EMPTY);
        folder.complete();
        assertThat(folder.inspect().kind()).isEqualTo(DataDirectory.INACCESSIBLE);
        folder.beginRewind();
        assertThat(folder.inspect().kind()).isEqualTo(DataDirectory.HALF_REWOUND);
        assertThat(new DataFolder(data, home).isHalfRewound()).isTrue();
        folder.completeRewind();
        assertThat(folder.isHalfRewound()).isFalse();
    }

    @Test
    void aLinkThatLeadsNowhereIsNotEmpty() throws IOException {
        Files.createDirectories(data.getParent());
        Files.createSymbolicLink(data, home.resolve("unmounted"));
        assertThat(folder.inspect().kind()).isEqualTo(DataDirectory.INACCESSIBLE);
    }
}
