package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL's own programs read back what we write. */
@Tag("real")
class RealPostgresReadsTest {
    private static final Path POSTGRES = Path.of("/usr/lib/postgresql/15/bin/postgres");

    @TempDir
    Path folder;

    @Test
    void hostileValuesArriveInTheServerAsTheyWere() throws Exception {
        assumeTrue(Files.isExecutable(POSTGRES), "PostgreSQL 15 is not installed");
        List<String> values = Samples.HOSTILE.stream()
                .filter(value -> value.indexOf('\0') < 0 && !value.isEmpty())
                .toList();
        TreeMap<String, String> parameters = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            parameters.put("pgha.v" + i, values.get(i));
        }
        Files.writeString(folder.resolve("base.conf"), "");
        Files.writeString(folder.resolve("postgresql.auto.conf"), "");
        Files.writeString(
                folder.resolve("postgresql.conf"),
                new PostgresqlConf("base.conf", parameters, Path.of("/h'ba"), Path.of("/ident"), new TreeMap<>())
                        .text());
        for (int i = 0; i < values.size(); i++) {
            assertThat(run(List.of(POSTGRES.toString(), "-C", "pgha.v" + i, "-D", folder.toString())))
                    .isEqualTo(values.get(i) + "\n");
        }
        assertThat(run(List.of(POSTGRES.toString(), "-C", "hba_file", "-D", folder.toString())))
                .isEqualTo("/h'ba\n");
    }

    @Test
    void libpqReadsOurConnectionStringsAsTheyWere() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(
                Files.isExecutable(python) && Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/psycopg2")),
                "psycopg2, which gives access to libpq's parser, is not installed");
        List<String> command = new ArrayList<>(List.of(
                python.toString(),
                "-c",
                "import sys, psycopg2.extensions as e\n"
                        + "for s in sys.argv[1:]: sys.stdout.buffer.write((e.parse_dsn(s)['application_name'] + '\\0')"
                        + ".encode('utf-8', 'surrogateescape'))"));
        List<String> carried = Samples.HOSTILE.stream()
                .filter(name -> Conninfo.problem("application_name", name).isEmpty())
                .toList();
        for (String name : carried) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("host", "h");
            values.put("application_name", name);
            command.add(new Conninfo(values).text());
        }
        assertThat(run(command)).isEqualTo(String.join("\0", carried) + "\0");
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
