package io.pgha.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Settings that decide who leads after a crash, on a real cluster. */
@Tag("cluster")
class EdgesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /**
     * With primary_start_timeout 0 a crashed primary is not waited for; the first that takes the lock after it is refused by
     * its pre_promote, gives the lock up, and another one leads. That may be the one that crashed: it is back as a standby
     * within a second, has everything, and is a candidate like the others.
     */
    @Test
    void whoeverIsRefusedByPrePromoteLeavesTheLockToAnother() throws IOException {
        assumeTrue(Machine.missing().isEmpty(), () -> "not installed: " + Machine.missing());
        try (Cluster cluster = Cluster.start("EdgesTest", Software.PGHA, Timing.FAST, 3)) {
            Node primary = cluster.awaitHealthy();
            primary.execute("create table t (id int); insert into t values (1)");
            cluster.awaitCaughtUp();
            String script = refusesOnce(primary.config().dataDir().resolveSibling("pre_promote"));
            cluster.ctl("edit-config", cluster.scope(), "--force", "-q", "-s", "postgresql.pre_promote=" + script);
            cluster.ctl("edit-config", cluster.scope(), "--force", "-q", "-s", "primary_start_timeout=0");
            cluster.ctl("edit-config", cluster.scope(), "--force", "-q", "-p", "max_connections=60");
            for (Node node : cluster.nodes()) {
                Await.until(
                        () -> node.name() + " has the new configuration",
                        PATIENCE,
                        () -> node.rest("/patroni").body().contains("\"new_value\":\"60\""));
            }
            primary.killPostgres();
            Await.until(
                    () -> "somebody is refused by pre_promote",
                    PATIENCE,
                    () -> refused(cluster).isPresent());
            Node refused = refused(cluster).orElseThrow();
            Await.until(
                    () -> "another one than " + refused.name() + " leads; events:\n"
                            + cluster.ctl("events", cluster.scope()),
                    PATIENCE,
                    () -> cluster.nodes().stream().anyMatch(node -> node != refused && node.isPrimary()));
            assertThat(primary.rest("/events").body()).contains("primary_start_timeout is 0, and");
            assertThat(cluster.awaitHealthy().query("select count(*) from t")).contains("1");
        }
    }

    private static Optional<Node> refused(Cluster cluster) {
        return cluster.nodes().stream()
                .filter(node -> node.rest("/events").body().contains("PromotionWasRefused"))
                .findFirst();
    }

    /** A command that fails the first time, whoever runs it. */
    private static String refusesOnce(Path file) throws IOException {
        Files.writeString(file, "#!/bin/sh\nmkdir " + file + ".done 2>/dev/null && exit 1\nexit 0\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }
}
