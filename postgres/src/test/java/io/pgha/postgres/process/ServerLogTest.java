package io.pgha.postgres.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path data;

    private void log(String name, String text, Instant writtenAt) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(writtenAt));
    }

    @Test
    void theLastLinesOfTheNewestFileAreQuoted() throws IOException {
        log("log/old.log", "FATAL: long ago\n", NOW.minusSeconds(60));
        log("log/new.log", "x\n".repeat(9000) + "FATAL:  could not\u001b[2J map memory\nHINT:  less\n", NOW);
        assertThat(ServerLog.lastWords(data, NOW))
                .get()
                .asString()
                .contains("FATAL:  could not [2J map memory | HINT:  less");
    }

    @Test
    void anOldLogIsNotTakenForNews() throws IOException {
        log("log/old.log", "FATAL: long ago\n", NOW.minusSeconds(600));
        assertThat(ServerLog.lastWords(data, NOW)).isEmpty();
    }

    @Test
    void theServerItselfSaysWhereItsLogIs() throws IOException {
        log("elsewhere/pg.log", "FATAL: here\n", NOW);
        log("log/other.log", "not this\n", NOW);
        Files.writeString(data.resolve("current_logfiles"), "stderr elsewhere/pg.log\ncsvlog x\n");
        assertThat(ServerLog.lastWords(data, NOW)).contains("FATAL: here");
    }

    @Test
    void withoutALogThereIsNothingToQuote() throws IOException {
        assertThat(ServerLog.lastWords(data, NOW)).isEmpty();
        Files.writeString(data.resolve("current_logfiles"), "stderr \u0000\n");
        assertThat(ServerLog.lastWords(data, NOW)).isEmpty();
        assertThat(ServerLog.lastWords(data.resolve("nowhere"), NOW)).isEmpty();
    }
}
