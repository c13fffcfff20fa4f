package io.pgha.postgres.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @TempDir
    Path data;

    private Path append(String name, String text) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private ServerLog start() {
        return ServerLog.before(data, Optional.of(data.resolve("agent.log")));
    }

    private static String words(ServerLog log) {
        return log.since().map(ServerLog.Quotation::words).orElse("");
    }

    @Test
    void theLineWithWhichItGaveUpIsQuotedWithItsHintAndItsFile() throws IOException {
        append("log/old.log", "FATAL:  long ago\n");
        ServerLog log = start();
        append(
                "log/new.log",
                "x\n".repeat(9000) + "12:00 [7] FATAL:  the database system is starting up\n"
                        + "12:00 [8] FATAL:  could not\u001b[2J map memory\n12:00 [8] HINT:  less\nLOG:  database system is shut down\n");
        assertThat(log.since())
                .contains(new ServerLog.Quotation(
                        data.resolve("log/new.log"), "FATAL:  could not [2J map memory | HINT:  less"));
    }

    @Test
    void beforeTheCollectorItWritesToStandardError() throws IOException {
        append("log/old.log", "FATAL:  long ago\n");
        append("agent.log", "FATAL:  of another start\n");
        ServerLog log = start();
        append("agent.log", """
                INFO agent starting PostgreSQL
                LOG:  invalid value for parameter "max_connections": "abc"
                FATAL:  configuration file "/data/postgresql.conf" contains errors
                WARN agent it gave up
                """);
        assertThat(words(log))
                .endsWith("LOG:  invalid value for parameter \"max_connections\": \"abc\""
                        + " | FATAL:  configuration file \"/data/postgresql.conf\" contains errors");
    }

    @Test
    void theWrongLinesOfPgHbaAreQuotedWithTheirNumbers() throws IOException {
        ServerLog log = start();
        append("agent.log", """
                2026-11-22 [1] LOG:  listening on Unix socket "/tmp/.s.PGSQL.1"
                2026-11-22 [1] LOG:  invalid CIDR mask in address "10.0.0.0/99"
                2026-11-22 [1] CONTEXT:  line 2 of configuration file "/d/pg_hba.conf"
                2026-11-22 [1] LOG:  authentication option not in name=value format: foo
                2026-11-22 [1] CONTEXT:  line 3 of configuration file "/d/pg_hba.conf"
                2026-11-22 [1] FATAL:  could not load pg_hba.conf
                2026-11-22 [1] LOG:  database system is shut down
                """);
        assertThat(words(log))
                .isEqualTo("LOG:  invalid CIDR mask in address \"10.0.0.0/99\""
                        + " | CONTEXT:  line 2 of configuration file \"/d/pg_hba.conf\""
                        + " | LOG:  authentication option not in name=value format: foo"
                        + " | CONTEXT:  line 3 of configuration file \"/d/pg_hba.conf\""
                        + " | FATAL:  could not load pg_hba.conf");
    }

    @Test
    void otherFormatsAndLanguagesAreQuotedToo() throws IOException {
        ServerLog log = start();
        append("log/a.csv", "2026-11-21,,,1,,x,2,,2026,,0,FATAL,58P01,\"no such file\",,,\n2026,LOG\n");
        assertThat(words(log)).contains("no such file").doesNotContain("LOG");
        ServerLog next = start();
        append("log/a.csv", "SCHWERWIEGEND:  kein Speicher\n");
        assertThat(words(next)).isEqualTo("SCHWERWIEGEND:  kein Speicher");
    }

    @Test
    void passwordsAreNotQuoted() throws IOException {
        ServerLog log = start();
        append("log/a.log", "FATAL:  no \"host=h password='it''s \\'x' user=u password=y1 z\" postgres://u:pw1@h/x\n");
        assertThat(words(log))
                .isEqualTo("FATAL:  no \"host=h password=*** user=u password=*** z\" postgres://u:***@h/x");
    }

    @Test
    void theServerItselfSaysWhereItsLogIs() throws IOException {
        ServerLog log = start();
        append("elsewhere/pg.log", "FATAL:  here\n");
        append("log/other.log", "not this\n");
        Files.writeString(data.resolve("current_logfiles"), "stderr elsewhere/pg.log\ncsvlog x\n");
        assertThat(words(log)).isEqualTo("FATAL:  here");
    }

    @Test
    void withoutALogThereIsNothingToQuote() throws IOException {
        append("agent.log", "old\n");
        ServerLog log = start();
        append("agent.log", "INFO of the agent\n");
        assertThat(log.since()).isEmpty();
        Files.writeString(data.resolve("current_logfiles"), "stderr \u0000\n");
        assertThat(log.since()).isEmpty();
        assertThat(ServerLog.before(data.resolve("nowhere"), Optional.empty()).since())
                .isEmpty();
    }
}
