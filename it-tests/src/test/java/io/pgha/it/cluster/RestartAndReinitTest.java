package io.pgha.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator orders from single members of a real cluster. */
@Tag("cluster")
class RestartAndReinitTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void membersAreRestartedAndReplacedByCommand() throws IOException {
        assumeTrue(Machine.missing().isEmpty(), () -> "not installed: " + Machine.missing());
        try (Cluster cluster = Cluster.start("RestartAndReinitTest", Software.PGHA, Timing.FAST, 2)) {
            Node primary = cluster.awaitHealthy();
            Node replica = cluster.nodes().stream()
                    .filter(node -> node != primary)
                    .findFirst()
                    .orElseThrow();
            primary.execute("create table t (id int); insert into t values (1)");
            pendingRestartIsShownAndObeyed(cluster, primary, replica);
            aPrimaryKeepsItsLock(cluster, primary);
            aReplicaGetsNewData(cluster, replica);
            aCopyThatFailsIsSaidToHaveFailed(cluster, replica);
        }
    }

    private static void pendingRestartIsShownAndObeyed(Cluster cluster, Node primary, Node replica) {
        cluster.ctl("edit-config", cluster.scope(), "--force", "-q", "-p", "max_connections=120");
        for (Node node : cluster.nodes()) {
            Await.until(
                    () -> node.name() + " waits for a restart: "
                            + node.rest("/patroni").body(),
                    PATIENCE,
                    () -> node.rest("/patroni").body().contains("\"pending_restart_reason\":{\"max_connections\""));
        }
        String restarted = cluster.ctl("restart", cluster.scope(), replica.name(), "--pending", "--force");
        assertThat(restarted).contains("Success: restart on member " + replica.name());
        // The primary has fewer connections still: a standby may have more than it, never fewer.
        assertThat(replica.query("show max_connections")).contains("120");
        assertThat(primary.query("show max_connections")).contains("50");
    }

    private static void aPrimaryKeepsItsLock(Cluster cluster, Node primary) {
        long before = primary.postmaster().orElseThrow();
        String restarted = cluster.ctl("restart", cluster.scope(), primary.name(), "--pending", "--force");
        assertThat(restarted).contains("Success: restart on member " + primary.name());
        assertThat(cluster.awaitHealthy()).isSameAs(primary);
        assertThat(primary.postmaster().orElseThrow()).isNotEqualTo(before);
        assertThat(primary.query("show max_connections")).contains("120");
        assertThat(primary.query("select timeline_id from pg_control_checkpoint()"))
                .contains("1");
        assertThat(cluster.ctl("restart", cluster.scope(), "--pending", "--force"))
                .contains("No member of cluster");
    }

    private static void aReplicaGetsNewData(Cluster cluster, Node replica) throws IOException {
        Path marker = replica.config().dataDir().resolve("left_over");
        Files.writeString(marker, "of the old data");
        String made = cluster.ctl("reinit", cluster.scope(), replica.name(), "--force", "--wait");
        assertThat(made)
                .contains("Success: reinitialize for member " + replica.name())
                .contains("Reinitialize is completed on: " + replica.name());
        cluster.awaitCaughtUp();
        assertThat(replica.query("select count(*) from t")).contains("1");
        assertThat(marker).doesNotExist();
        Await.until(
                () -> "the old data is removed: " + asides(replica),
                PATIENCE,
                () -> asides(replica).isEmpty());
        Node primary = cluster.awaitPrimary();
        assertThat(cluster.ctl("reinit", cluster.scope(), primary.name(), "--force"))
                .contains("I am the leader, can not reinitialize");
    }

    private static void aCopyThatFailsIsSaidToHaveFailed(Cluster cluster, Node replica) {
        cluster.ctl(
                "edit-config", cluster.scope(), "--force", "-q", "-s", "postgresql.basebackup={\"max-rate\":\"1\"}");
        cluster.ctl("edit-config", cluster.scope(), "--force", "-q", "-p", "max_connections=130");
        Await.until(
                () -> replica.name() + " has the new configuration",
                PATIENCE,
                () -> replica.rest("/patroni").body().contains("\"new_value\":\"130\""));
        assertThat(cluster.ctl("reinit", cluster.scope(), replica.name(), "--force", "--wait"))
                .contains("Failed: reinitialize on " + replica.name())
                .contains("the old data is back in its place");
        cluster.awaitCaughtUp();
    }

    /** Data directories beside the one in use. */
    private static List<Path> asides(Node node) {
        Path data = node.config().dataDir();
        try (Stream<Path> entries = Files.list(data.getParent())) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(data.getFileName() + "."))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot look into " + data.getParent(), e);
        }
    }
}
