package io.pgha.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Synchronous replication on real servers (reliability.md S3, S4). */
@Tag("cluster")
class SynchronousTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern VOTER = Pattern.compile("\"sync_standby\": *\"([^\"]+)\"");

    /**
     * The agent of the synchronous standby is away when the primary dies, and the other standby is the only one that could
     * take over at once: it must not. Then strict mode, in which a primary alone acknowledges nothing.
     */
    @Test
    void noAcknowledgedCommitIsLostWithThePrimaryAndThoseThatRemainDoNotAcknowledgeAlone() {
        assumeTrue(Machine.missing().isEmpty(), () -> "not installed: " + Machine.missing());
        try (Cluster cluster = Cluster.start("SynchronousTest", Software.PGHA, Timing.FAST, 3)) {
            configure(cluster, "\"synchronous_mode\": true, ");
            Node old = cluster.awaitHealthy();
            String standby = awaitStandbyOf(cluster, old);
            Node heir = named(cluster, standby);
            assertThat(cluster.ctl("list")).contains("Sync Standby");
            assertThat(heir.rest("/sync").status()).isEqualTo(200);
            assertThat(old.query("show synchronous_standby_names")).contains(standby);
            try (Writer writer = Writer.start(cluster.primaryUrl(), Duration.ofMillis(20))) {
                heir.agent().freeze();
                old.lose();
                Await.pass(Duration.ofSeconds(Timing.FAST.ttl() + 5));
                assertThat(cluster.findPrimary())
                        .as("a standby that is not synchronous took over")
                        .isEmpty();
                heir.agent().thaw();
                assertThat(cluster.awaitPrimaryOtherThan(old)).isSameAs(heir);
                old.start();
                assertThat(cluster.awaitHealthy()).isSameAs(heir);
                writer.awaitWrite(PATIENCE);
                writer.close();
                assertThat(writer.lostOn(heir)).isEmpty();
            }
            strictModeWaits(cluster, heir);
        }
    }

    private static void strictModeWaits(Cluster cluster, Node primary) {
        configure(cluster, "\"synchronous_mode_strict\": true, ");
        awaitStandbyOf(cluster, primary);
        try (Writer writer = Writer.start(cluster.primaryUrl(), Duration.ofMillis(20))) {
            cluster.nodes().stream().filter(node -> node != primary).forEach(Node::lose);
            // What was on its way when the standbys went.
            Await.pass(Duration.ofSeconds(2));
            int before = writer.count();
            Await.pass(Duration.ofSeconds(3));
            assertThat(writer.count()).isEqualTo(before);
            assertThat(primary.query("show synchronous_standby_names"))
                    .get()
                    .asString()
                    .isNotEmpty();
            cluster.nodes().stream().filter(node -> node != primary).forEach(Node::start);
            writer.awaitWrite(PATIENCE);
        }
    }

    private static void configure(Cluster cluster, String settings) {
        String key = "/service/" + cluster.scope() + "/config";
        cluster.etcd().put(key, cluster.etcd().get(key).strip().replaceFirst("\\{", "{" + settings));
    }

    private static String awaitStandbyOf(Cluster cluster, Node primary) {
        String key = "/service/" + cluster.scope() + "/sync";
        Await.until(
                () -> primary.name() + " has a synchronous standby; the key says "
                        + cluster.etcd().get(key),
                PATIENCE,
                () -> cluster.etcd().get(key).contains("\"leader\":\"" + primary.name() + "\"")
                        && VOTER.matcher(cluster.etcd().get(key)).find());
        Matcher voter = VOTER.matcher(cluster.etcd().get(key));
        assertThat(voter.find()).isTrue();
        return voter.group(1);
    }

    private static Node named(Cluster cluster, String name) {
        return cluster.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
