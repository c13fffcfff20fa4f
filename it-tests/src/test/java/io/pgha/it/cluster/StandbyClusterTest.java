package io.pgha.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cluster that follows another one, with a replica and one that cascades from that, until it is promoted. */
@Tag("cluster")
class StandbyClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void itFollowsCascadesAndBecomesWritable() {
        assumeTrue(Machine.missing().isEmpty(), () -> "not installed: " + Machine.missing());
        try (Cluster site = Cluster.start("StandbyClusterTest/site", Software.PGHA, Timing.FAST, 1);
                Cluster other = Cluster.prepare("StandbyClusterTest/other", Software.PGHA, Timing.FAST, 3)) {
            Node primary = site.awaitHealthy();
            primary.execute("create table written (what text)");
            primary.execute("insert into written values ('before the copy')");
            Node leader = other.nodes().get(0);
            Node replica = other.nodes().get(1);
            Node cascading = other.nodes().get(2);
            startFollowing(primary, leader, "");
            startFollowing(primary, replica, "tags: {nofailover: true}\n");
            startFollowing(primary, cascading, "tags: {replicatefrom: " + replica.name() + ", nofailover: true}\n");
            awaitStatus(leader, "/standby-leader");
            awaitStream(leader, replica);
            awaitStream(replica, cascading);

            assertThat(leader.rest("/leader").status()).isEqualTo(200);
            assertThat(leader.rest("/primary").status()).isEqualTo(503);
            assertThat(leader.rest("/replica").status()).isEqualTo(503);
            assertThat(replica.rest("/standby-leader").status()).isEqualTo(503);
            assertThat(other.ctl("list")).contains("Standby Leader");
            assertThat(streamsTo(primary)).containsExactly(leader.name());

            primary.execute("insert into written values ('through the cascade')");
            awaitRows(other.nodes(), "2");
            assertThat(other.ctl("promote-cluster", "--force")).contains("is successfully promoted");
            Node promoted = other.awaitPrimary();
            assertThat(promoted).isSameAs(leader);
            promoted.execute("insert into written values ('after the promotion')");
            awaitRows(other.nodes(), "3");

            // The first site follows the second, as after a disaster that it survived.
            assertThat(site.ctl(
                            "demote-cluster",
                            "--host",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(promoted.config().sqlPort()),
                            "--force"))
                    .contains("is successfully demoted");
            awaitRows(site.nodes(), "3");
            assertThat(primary.rest("/standby-leader").status()).isEqualTo(200);
        }
    }

    private static void startFollowing(Node primary, Node node, String tags) {
        String section = "  dcs:\n    standby_cluster: {host: 127.0.0.1, port: "
                + primary.config().sqlPort() + "}\n";
        node.configure(node.config().yaml().replace("  dcs:\n", section) + tags);
        node.start();
    }

    private static void awaitStatus(Node node, String path) {
        Await.until(
                () -> node.name() + " answers " + path + " with 200\n" + describe(node),
                PATIENCE,
                () -> node.rest(path).status() == 200);
    }

    private static void awaitStream(Node upstream, Node node) {
        Await.until(
                () -> node.name() + " streams from " + upstream.name() + "\n" + describe(upstream) + describe(node),
                PATIENCE,
                () -> streamsTo(upstream).equals(List.of(node.name())));
    }

    private static String describe(Node node) {
        return node.rest("/patroni").body() + "\n" + node.lastLines(12) + "\n";
    }

    private static List<String> streamsTo(Node node) {
        return node.query("select string_agg(application_name, ',') from pg_stat_replication where state = 'streaming'")
                .map(names -> List.of(names.split(",")))
                .orElse(List.of());
    }

    private static void awaitRows(List<Node> nodes, String count) {
        for (Node node : nodes) {
            Await.until(
                    () -> node.name() + " has " + count + " rows\n" + describe(node),
                    PATIENCE,
                    () -> node.query("select count(*) from written")
                            .filter(count::equals)
                            .isPresent());
        }
    }
}
