package io.pgha.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A consumer of a permanent logical slot goes on after a failover and a switchover (facts §5.14). */
@Tag("cluster")
class LogicalSlotTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Nothing here has to be quick, and a busy machine must not cause a failover of its own. */
    private static final Timing TIMING = new Timing(20, 1, 5);

    private static final String SLOT =
            "\"slots\": {\"feed\": {\"type\": \"logical\", \"database\": \"postgres\", \"plugin\": \"test_decoding\"}}, ";
    private static final String POSITION =
            "select confirmed_flush_lsn from pg_replication_slots where slot_name = 'feed'";

    private int rows;

    @Test
    void aConsumerGoesOnWithoutAGapAndSeesAgainOnlyWhatItHadNotConfirmed() {
        assumeTrue(Machine.missing().isEmpty(), () -> "not installed: " + Machine.missing());
        try (Cluster cluster = Cluster.prepare("LogicalSlotTest", Software.PGHA, TIMING, 3)) {
            Node old = start(cluster);
            Node heir = cluster.nodes().get(old == cluster.nodes().get(0) ? 1 : 0);
            old.execute("create table t (id int)");
            cluster.etcd()
                    .put(key(cluster), cluster.etcd().get(key(cluster)).strip().replaceFirst("\\{", "{" + SLOT));
            awaitSafeCopy(cluster, heir);
            neverPromotedCarriesNone(cluster);
            try (LogicalConsumer consumer = LogicalConsumer.start(cluster, "feed")) {
                write(old, 100);
                int settled = settle(consumer, old, heir);
                write(old, 100);
                cluster.awaitCaughtUp();
                old.lose();
                assertThat(cluster.awaitPrimaryOtherThan(old)).isSameAs(heir);
                goesOn(consumer, heir, settled);

                old.start();
                cluster.awaitHealthy();
                awaitSafeCopy(cluster, old);
                settled = settle(consumer, heir, old);
                write(heir, 100);
                String said = cluster.ctl(
                        "switchover", cluster.scope(), "--leader", heir.name(), "--candidate", old.name(), "--force");
                assertThat(said).contains("Successfully switched over to \"" + old.name() + "\"");
                goesOn(consumer, cluster.awaitPrimaryOtherThan(heir), settled);
            }
        }
    }

    /** PostgreSQL 17's own slot synchronisation: nothing is dropped, and one's own copy of a former life makes room. */
    @Test
    void aSlotThatPostgresqlKeepsInStepIsLeftToIt() {
        assumeTrue(Machine.missing().isEmpty(), () -> "not installed: " + Machine.missing());
        assumeTrue(Machine.postgresMajor() >= 17, "PostgreSQL 17 or newer is not here");
        try (Cluster cluster = Cluster.prepare("FailoverSlotTest", Software.PGHA, TIMING, 2)) {
            for (Node node : cluster.nodes()) {
                parameters(node, "wal_level: logical", "sync_replication_slots: 'on'", "hot_standby_feedback: 'on'");
                node.start();
            }
            cluster.awaitPrimary();
            Node old = cluster.awaitHealthy();
            Node heir = cluster.nodes().get(old == cluster.nodes().get(0) ? 1 : 0);
            old.execute("create table t (id int)");
            old.execute("select pg_create_logical_replication_slot('feed', 'test_decoding', failover => true)");
            try (LogicalConsumer consumer = LogicalConsumer.start(cluster, "feed")) {
                write(old, 100);
                awaitSynced(heir, old);
                int settled = settle(consumer, old, heir);
                cluster.ctl("switchover", cluster.scope(), "--candidate", heir.name(), "--force");
                goesOn(consumer, cluster.awaitPrimaryOtherThan(old), settled);
                cluster.awaitHealthy();
                awaitSynced(old, heir);

                settled = settle(consumer, heir, old);
                heir.lose();
                goesOn(consumer, cluster.awaitPrimaryOtherThan(heir), settled);
            }
        }
    }

    /** PostgreSQL waits until the slot has moved past what the standby still has of catalog rows; a snapshot helps it on. */
    private static void awaitSynced(Node standby, Node primary) {
        Await.until(
                () -> standby.name() + " keeps the slot in step; it says\n" + standby.lastLines(20),
                PATIENCE,
                () -> primary.query("select pg_log_standby_snapshot()").isPresent()
                        && standby.query(
                                        "select synced and not temporary from pg_replication_slots where slot_name = 'feed'")
                                .filter("t"::equals)
                                .isPresent());
    }

    private static void parameters(Node node, String... more) {
        String first = "wal_log_hints: \"on\"";
        String indent = "\n        ";
        node.configure(node.config().yaml().replace(first, first + indent + String.join(indent, more)));
    }

    /** Starts two members that may be promoted and one that never is. */
    private static Node start(Cluster cluster) {
        List<Node> nodes = cluster.nodes();
        nodes.forEach(node -> parameters(node, "wal_level: logical"));
        Node never = nodes.get(2);
        never.configure(never.config().yaml() + "tags: {nofailover: true}\n");
        nodes.get(0).start();
        nodes.get(1).start();
        cluster.awaitPrimary();
        return cluster.awaitHealthy();
    }

    private int write(Node primary, int count) {
        primary.execute("insert into t select generate_series(" + (rows + 1) + ", " + (rows + count) + ")");
        rows += count;
        return rows;
    }

    /**
     * Waits until the consumer has confirmed all rows, and the standby's copy stands there, too.
     *
     * @return how many changes it has got by then
     */
    private int settle(LogicalConsumer consumer, Node primary, Node standby) {
        consumer.awaitRow(rows, PATIENCE);
        String end = primary.query("select pg_current_wal_lsn()").orElseThrow();
        for (Node node : List.of(primary, standby)) {
            Await.until(
                    () -> node.name() + "'s slot reaches " + end + ", it stands at " + node.query(POSITION) + "\n"
                            + node.lastLines(10),
                    PATIENCE,
                    () -> node.query("select (" + POSITION + ") >= '" + end + "'")
                            .filter("t"::equals)
                            .isPresent());
        }
        return consumer.rows().size();
    }

    /** The consumer gets all rows up to now, and again only what is newer than what it had settled. */
    private void goesOn(LogicalConsumer consumer, Node primary, int settled) {
        int last = write(primary, 100);
        consumer.awaitRow(last, PATIENCE);
        List<Integer> got = consumer.rows();
        int known = got.subList(0, settled).stream().mapToInt(row -> row).max().orElseThrow();
        assertThat(got)
                .as("a gap")
                .containsAll(IntStream.rangeClosed(1, last).boxed().toList());
        assertThat(inOrder(got)).as("rows in order, but for going back").isTrue();
        assertThat(got.subList(settled, got.size()))
                .as("what comes after row %d was settled", known)
                .allMatch(row -> row > known);
    }

    /** Each row follows its predecessor, or is one that was there before. */
    private static boolean inOrder(List<Integer> got) {
        int newest = 0;
        for (int row : got) {
            if (row > newest + 1) {
                return false;
            }
            newest = Math.max(newest, row);
        }
        return true;
    }

    private static void awaitSafeCopy(Cluster cluster, Node standby) {
        String safe = "The logical slot feed is safe to be used after a failover";
        Await.until(
                () -> standby.name() + " has a copy that is safe to be used; it says\n" + standby.lastLines(20),
                PATIENCE,
                () -> standby.query(POSITION).isPresent()
                        && standby.log().lastIndexOf(safe) > standby.log().lastIndexOf("not safe yet"));
        assertThat(standby.query("show hot_standby_feedback")).contains("on");
        cluster.awaitHealthy();
    }

    private static void neverPromotedCarriesNone(Cluster cluster) {
        Node never = cluster.nodes().get(2);
        assertThat(never.query("select count(*) from pg_replication_slots where slot_type = 'logical'"))
                .contains("0");
        assertThat(never.query("show hot_standby_feedback")).contains("off");
    }

    private static String key(Cluster cluster) {
        return "/service/" + cluster.scope() + "/config";
    }
}
