package io.pgha.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A healthy primary that must not be stopped: with failsafe mode while etcd is silent, and in pause. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageAndPauseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WRITE_PERIOD = Duration.ofMillis(20);
    /** Longer than any proof lasts that was had before. */
    private static final Duration SILENCE = Duration.ofSeconds(3L * Timing.FAST.ttl());
    /** No stop and start again, promotion or shutdown is as short on two cores that also run tests. */
    private static final Duration HICCUP = Duration.ofSeconds(2);

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @BeforeAll
    void startCluster() {
        assumeTrue(Machine.missing().isEmpty(), () -> "not installed: " + Machine.missing());
        cluster = Cluster.start("OutageAndPauseTest", Software.PGHA, Timing.FAST, 3);
    }

    @AfterAll
    void endCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** Etcd is frozen, which is the harder outage: its connections stay open. Then it dies, and one member with it. */
    @Test
    void inFailsafeModeAPrimaryGoesOnAsLongAsAllMembersAgreeAndNoLonger() {
        Node primary = cluster.awaitHealthy();
        cluster.ctl("edit-config", "--quiet", "--force", "-s", "failsafe_mode=true");
        awaitFailsafeKeyNamesAll();
        OptionalLong postmaster = primary.postmaster();
        try (Writer writer = Writer.start(cluster.primaryUrl(), WRITE_PERIOD);
                Witness witness = Witness.start(cluster.nodes(), primary)) {
            long silentSince = System.nanoTime();
            cluster.etcd().freeze();
            Await.pass(SILENCE);
            assertThat(primary.isPrimary()).isTrue();
            assertThat(primary.rest("/patroni").body()).contains("\"failsafe_mode_is_active\":true");
            cluster.etcd().startAgain();
            cluster.awaitHealthy();
            cluster.etcd().stop();
            Await.pass(SILENCE);
            assertThat(primary.postmaster()).isEqualTo(postmaster);
            assertThat(writer.longestOutageSince(silentSince)).isLessThan(HICCUP);

            Node gone = cluster.nodes().stream()
                    .filter(node -> node != primary)
                    .findFirst()
                    .orElseThrow();
            gone.lose();
            Await.until(
                    "a primary without the agreement of all stops to take writes",
                    Duration.ofSeconds(2L * Timing.FAST.ttl()),
                    () -> !takesWrites(primary));
            Await.until(
                    "nobody says that it is the primary",
                    HICCUP,
                    () -> cluster.findPrimary().isEmpty());
            cluster.etcd().startAgain();
            cluster.awaitHealthy();
            writer.awaitWrite(PATIENCE);
            writer.close();
            witness.close();
            assertThat(witness.twoPrimaries()).as(witness::summary).isZero();
            assertThat(writer.lostOn(cluster.awaitHealthy())).isEmpty();
        }
    }

    @Test
    void inPauseNothingIsStoppedStartedOrPromoted() {
        Node primary = cluster.awaitHealthy();
        Node replica = cluster.nodes().stream()
                .filter(node -> node != primary)
                .findFirst()
                .orElseThrow();
        assertThat(cluster.ctl("pause", "--wait")).contains("paused");
        OptionalLong postmaster = primary.postmaster();
        try (Writer writer = Writer.start(cluster.primaryUrl(), WRITE_PERIOD)) {
            long pausedSince = System.nanoTime();
            replica.killPostgres();
            primary.agent().stop(Duration.ofSeconds(20));
            cluster.etcd().stop();
            Await.pass(SILENCE);
            cluster.etcd().startAgain();
            primary.start();
            Await.until("the primary's agent is back", PATIENCE, primary::isPrimary);
            assertThat(primary.postmaster()).isEqualTo(postmaster);
            assertThat(replica.postmaster()).isEmpty();
            assertThat(writer.longestOutageSince(pausedSince)).isLessThan(HICCUP);

            assertThat(cluster.ctl("resume", "--wait")).contains("resumed");
            assertThat(cluster.awaitHealthy()).isSameAs(primary);
            assertThat(primary.postmaster()).isEqualTo(postmaster);
            writer.awaitWrite(PATIENCE);
            writer.close();
            assertThat(writer.lostOn(primary)).isEmpty();
        }
    }

    private void awaitFailsafeKeyNamesAll() {
        String key = "/service/" + cluster.scope() + "/failsafe";
        Await.until(
                () -> "the key failsafe names all members; it says "
                        + cluster.etcd().get(key),
                PATIENCE,
                () -> cluster.nodes().stream()
                        .allMatch(node -> cluster.etcd().get(key).contains('"' + node.name() + '"')));
    }

    private static boolean takesWrites(Node node) {
        return node.query("select not pg_is_in_recovery()").filter("t"::equals).isPresent();
    }
}
