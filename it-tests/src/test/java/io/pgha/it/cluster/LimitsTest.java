package io.pgha.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code before_stop}, {@code primary_stop_timeout} and {@code primary_start_timeout} on real servers. */
@Tag("cluster")
class LimitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LIMIT_SECONDS = 3;

    /** A backend that hears no signal holds up a stop in order, and a server whose start hangs does not keep the cluster. */
    @Test
    void aStopAndAStartThatHangAreGivenUpAfterTheirTime() throws IOException, SQLException {
        assumeTrue(Machine.missing().isEmpty(), () -> "not installed: " + Machine.missing());
        try (Cluster cluster = Cluster.prepare("LimitsTest", Software.PGHA, Timing.FAST, 2)) {
            for (Node node : cluster.nodes()) {
                node.configure(withPrograms(node, startsUnless(hold(node), node)));
                node.start();
            }
            cluster.awaitPrimary();
            Node old = cluster.awaitHealthy();
            Node heir = cluster.nodes().get(old == cluster.nodes().get(0) ? 1 : 0);
            Path stops = old.config().folder().resolve("stops");
            configure(cluster, old, stops);
            old.execute("create table t as select 1 as id");

            aStopThatHangs(cluster, old, heir);
            assertThat(stops).exists();
            assertThat(old.log()).contains("takes longer than " + LIMIT_SECONDS + " s: stopping immediately");
            assertThat(cluster.awaitHealthy()).isSameAs(heir);
            awaitSynchronous(heir);

            Files.createFile(hold(heir));
            heir.killPostgres();
            assertThat(cluster.awaitPrimaryOtherThan(heir)).isSameAs(old);
            assertThat(cluster.ctl("events", cluster.scope())).contains("primary_start_timeout");
            Files.delete(hold(heir));
            assertThat(cluster.awaitHealthy()).isSameAs(old);
            assertThat(heir.query("select count(*) from t")).contains("1");
        }
    }

    private static void configure(Cluster cluster, Node primary, Path stops) {
        String script = "touch " + stops + "; exit 1";
        cluster.ctl(
                "edit-config",
                cluster.scope(),
                "--force",
                "-q",
                "-s",
                "synchronous_mode=true",
                "-s",
                "primary_stop_timeout=" + LIMIT_SECONDS,
                "-s",
                "primary_start_timeout=" + LIMIT_SECONDS,
                "-s",
                "postgresql.before_stop=sh -c '" + script + "'");
        awaitSynchronous(primary);
    }

    /** So much is waited for as a failover needs: a member that may take over. */
    private static void awaitSynchronous(Node primary) {
        Await.until(
                () -> primary.name() + " has a synchronous standby\n" + primary.lastLines(20),
                PATIENCE,
                () -> primary.query("show synchronous_standby_names")
                                .filter(names -> !names.isEmpty())
                                .isPresent()
                        && primary.rest("/cluster").body().contains("\"sync_standby\""));
    }

    /** The backend of a client is suspended: it does not hear that the server stops. */
    private static void aStopThatHangs(Cluster cluster, Node old, Node heir) throws SQLException {
        try (Connection connection = old.connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            Daemon.signal("STOP", List.of(rows.getLong(1)));
            String said = cluster.ctl("switchover", cluster.scope(), "--candidate", heir.name(), "--force");
            assertThat(said).contains("Successfully switched over to \"" + heir.name() + "\"");
            assertThat(cluster.awaitPrimaryOtherThan(old)).isSameAs(heir);
        }
    }

    private static Path hold(Node node) {
        return node.config().folder().resolve("hold");
    }

    private static String withPrograms(Node node, Path programs) {
        return node.config().yaml().replace("bin_dir: " + Machine.postgresBin().orElseThrow(), "bin_dir: " + programs);
    }

    /** PostgreSQL's programs, with a {@code postgres} that hangs as long as a file is there. */
    private static Path startsUnless(Path hold, Node node) throws IOException {
        Path real = Machine.postgresBin().orElseThrow();
        Path programs = Files.createDirectories(node.config().folder().resolve("bin"));
        try (Stream<Path> all = Files.list(real)) {
            for (Path program : all.toList()) {
                Path here = programs.resolve(program.getFileName());
                if (program.endsWith("postgres")) {
                    Files.writeString(
                            here,
                            "#!/bin/sh\nwhile [ -e " + hold + " ]; do sleep 0.1; done\nexec " + program + " \"$@\"\n");
                    Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rwxr-xr-x"));
                } else {
                    Files.createSymbolicLink(here, program);
                }
            }
        }
        return programs;
    }
}
