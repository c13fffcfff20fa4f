package io.pgha.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three nodes under faults, one after the other; each test begins and ends with a whole cluster. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {
    private static final Duration WRITE_PERIOD = Duration.ofMillis(20);
    private static final Duration AGENT_AWAY = Duration.ofSeconds(Timing.FAST.ttl() + 15);

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init")
    private HaProxy haproxy;

    @BeforeAll
    void startCluster() {
        assumeTrue(Machine.missing().isEmpty(), () -> "not installed: " + Machine.missing());
        cluster = Cluster.start("ClusterTest", Software.PGHA, Timing.FAST, 3);
        haproxy = cluster.haproxy();
    }

    @AfterAll
    void endCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void beWhole() {
        cluster.awaitHealthy();
    }

    @Test
    void clientsWriteAgainSoonAfterPostgresWasKilled() {
        Node primary = cluster.awaitHealthy();
        try (Writer writer = Writer.start(cluster.primaryUrl(), WRITE_PERIOD)) {
            long fault = System.nanoTime();
            primary.killPostgres();
            Duration outage = writer.awaitWriteSince(fault, Duration.ofSeconds(30));
            // The promise is under a second plus crash recovery; two cores that also run tests get a few.
            assertThat(outage).isLessThan(Duration.ofSeconds(5));
            cluster.awaitCaughtUp();
            writer.close();
            assertThat(writer.lostOn(cluster.awaitHealthy())).isEmpty();
        }
    }

    @Test
    void aLostPrimaryIsReplacedAndRejoinsByItself() {
        Node old = cluster.awaitHealthy();
        try (Writer writer = Writer.start(cluster.primaryUrl(), WRITE_PERIOD);
                Witness witness = Witness.start(cluster.nodes(), old)) {
            old.lose();
            long fault = System.nanoTime();
            Duration outage = writer.awaitWriteSince(fault, Duration.ofSeconds(30));
            assertThat(outage).isLessThan(Duration.ofSeconds(cluster.timing().ttl() + 5));
            Node heir = cluster.awaitPrimaryOtherThan(old);
            old.start();
            assertThat(cluster.awaitHealthy()).isSameAs(heir);
            assertThat(old.isReplica()).isTrue();
            assertThat(witness.twoPrimaries()).isZero();
        }
    }

    @Test
    void aPrimaryThatWroteMoreThanTheOthersHaveIsRewound() {
        Node old = cluster.awaitHealthy();
        old.execute("create table if not exists only_here (id int)");
        cluster.awaitCaughtUp();
        old.freezeReplication();
        old.execute("set synchronous_commit = local; insert into only_here values (1)");
        old.lose();
        Node heir = cluster.awaitPrimaryOtherThan(old);
        int before = old.log().length();
        old.start();
        cluster.awaitHealthy();
        assertThat(old.log().substring(before)).contains("pg_rewind");
        assertThat(heir.query("select count(*) from only_here")).contains("0");
        cluster.awaitCaughtUp();
        assertThat(old.query("select count(*) from only_here")).contains("0");
    }

    @Test
    void anAgentThatIsKilledLeavesNoSecondPrimaryAndNoLostWrites() {
        agentAway(Fault.KILLED);
    }

    @Test
    void anAgentThatIsFrozenLeavesNoSecondPrimaryAndNoLostWrites() {
        agentAway(Fault.FROZEN);
    }

    private enum Fault {
        KILLED,
        FROZEN
    }

    private void agentAway(Fault fault) {
        Node old = cluster.awaitHealthy();
        try (Writer writer = Writer.start(cluster.primaryUrl(), WRITE_PERIOD);
                Witness witness = Witness.start(cluster.nodes(), old)) {
            if (fault == Fault.KILLED) {
                old.agent().kill();
            } else {
                old.agent().freeze();
            }
            Await.pass(AGENT_AWAY);
            assertThat(cluster.findPrimary()).isPresent().get().isNotSameAs(old);
            if (fault == Fault.KILLED) {
                old.start();
            } else {
                old.agent().thaw();
            }
            cluster.awaitHealthy();
            writer.awaitWrite(Duration.ofSeconds(10));
            writer.close();
            witness.close();
            assertThat(witness.twoPrimaries()).as(witness::summary).isZero();
            assertThat(writer.lostOn(cluster.awaitHealthy())).isEmpty();
        }
    }

    @Test
    void anAgentThatEndsHandsOverAtOnce() {
        Node old = cluster.awaitHealthy();
        try (Writer writer = Writer.start(cluster.primaryUrl(), WRITE_PERIOD)) {
            long stop = System.nanoTime();
            old.agent().stop(Duration.ofSeconds(30));
            writer.awaitWriteSince(System.nanoTime(), Duration.ofSeconds(20));
            assertThat(cluster.awaitPrimary()).isNotSameAs(old);
            assertThat(old.postmaster()).isEmpty();
            // Sooner than the lock could have run out.
            assertThat(writer.longestOutageSince(stop))
                    .isLessThan(Duration.ofSeconds(cluster.timing().ttl()));
            cluster.awaitHealthy();
            writer.close();
            assertThat(writer.lostOn(cluster.awaitHealthy())).isEmpty();
        }
    }

    @Test
    void aRestartedAgentTakesOverThePostgresThatRuns() {
        // Time enough for a new JVM on a busy machine, before the dead-man of the killed agent acts.
        cluster.changeTtl(20);
        Node primary = cluster.awaitHealthy();
        OptionalLong postmaster = primary.postmaster();
        try (Writer writer = Writer.start(cluster.primaryUrl(), WRITE_PERIOD)) {
            long fault = System.nanoTime();
            primary.agent().kill();
            primary.start();
            assertThat(cluster.awaitHealthy()).isSameAs(primary);
            // Past the time at which the first agent's dead-man would have acted.
            Await.pass(Duration.ofSeconds(22));
            assertThat(primary.postmaster()).isEqualTo(postmaster);
            assertThat(primary.isPrimary()).isTrue();
            assertThat(writer.longestOutageSince(fault)).isLessThan(Duration.ofSeconds(1));
        } finally {
            cluster.changeTtl(cluster.timing().ttl());
        }
    }

    @Test
    void withoutEtcdThePrimaryStopsInTimeAndComesBackWithIt() {
        Node old = cluster.awaitHealthy();
        try (Writer writer = Writer.start(cluster.primaryUrl(), WRITE_PERIOD);
                Witness witness = Witness.start(cluster.nodes(), old)) {
            cluster.etcd().stop();
            Await.until(
                    "nobody takes writes",
                    Duration.ofSeconds(cluster.timing().ttl()),
                    () -> old.query("select pg_is_in_recovery()")
                            .filter("f"::equals)
                            .isEmpty());
            // What REST says follows a moment later.
            Await.until("REST says so, too", Duration.ofSeconds(2), () -> !old.isPrimary());
            cluster.etcd().startAgain();
            cluster.awaitHealthy();
            writer.awaitWrite(Duration.ofSeconds(10));
            writer.close();
            witness.close();
            assertThat(witness.twoPrimaries()).as(witness::summary).isZero();
            assertThat(writer.lostOn(cluster.awaitHealthy())).isEmpty();
        } finally {
            cluster.etcd().startAgain();
        }
    }

    @Test
    void haproxyLeadsWritersToThePrimaryAndReadersToReplicas() throws SQLException {
        Node old = cluster.awaitHealthy();
        Await.until(
                "HAProxy leads to replicas",
                Duration.ofSeconds(10),
                () -> in(haproxy.replicaUrl()).equals("t"));
        try (Writer writer = Writer.start(haproxy.primaryUrl(), WRITE_PERIOD)) {
            old.lose();
            long fault = System.nanoTime();
            // HAProxy takes two checks, one second apart, to see it.
            assertThat(writer.awaitWriteSince(fault, Duration.ofSeconds(30)))
                    .isLessThan(Duration.ofSeconds(cluster.timing().ttl() + 7));
            assertThat(in(haproxy.primaryUrl())).isEqualTo("f");
            cluster.awaitHealthy();
        }
    }

    /** Whether the server behind an address is in recovery, as PostgreSQL says it; what went wrong otherwise. */
    private static String in(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_is_in_recovery()")) {
            return rows.next() ? rows.getString(1) : "no row";
        } catch (SQLException e) {
            return e.getMessage();
        }
    }

    @Test
    void hactlShowsOneLeaderAndTwoStreamingReplicas() {
        String table = cluster.ctl("list");
        assertThat(table.lines().filter(line -> line.contains("| Leader"))).hasSize(1);
        assertThat(table.lines().filter(line -> line.contains("| Replica") && line.contains("streaming")))
                .hasSize(2);
    }

    @Test
    void aMemberWhoseValueIsNotJsonHarmsNobody() {
        Node primary = cluster.awaitHealthy();
        String key = "/service/" + cluster.scope() + "/members/broken";
        cluster.etcd().put(key, "{not json");
        try {
            Await.pass(Duration.ofSeconds(2L * cluster.timing().loopWait()));
            assertThat(cluster.findPrimary()).contains(primary);
            assertThat(cluster.isHealthy()).isTrue();
        } finally {
            cluster.etcd().deletePrefix(key);
        }
    }

    @Test
    void aSecondAgentOfTheSameNameIsRefused() {
        Node primary = cluster.awaitHealthy();
        Node impostor = cluster.node("impostor");
        impostor.configure(impostor.config().withName(primary.name()).yaml());
        Daemon agent = impostor.start();
        try {
            assertThat(agent.awaitEnd(Duration.ofSeconds(40))).isNotZero();
            assertThat(agent.output()).contains("another agent with the name " + primary.name());
            assertThat(cluster.findPrimary()).contains(primary);
        } finally {
            impostor.lose();
        }
    }

    @Test
    void aNodeWithTheDataOfAnotherClusterIsRefused() {
        Node stranger = cluster.node("stranger");
        Path data = stranger.config().dataDir();
        Daemon.run(Machine.asOwner(List.of(
                Machine.postgresBin().orElseThrow().resolve("initdb").toString(), "-D", data.toString(), "-N")));
        String before = controlData(data);
        Daemon agent = stranger.start();
        try {
            Await.until(
                    () -> "the agent says whose data it is: " + agent.output(),
                    Duration.ofSeconds(40),
                    () -> agent.output().toLowerCase(java.util.Locale.ROOT).contains("system id"));
            assertThat(controlData(data)).isEqualTo(before);
            assertThat(cluster.isHealthy()).isTrue();
        } finally {
            stranger.lose();
        }
    }

    private static String controlData(Path data) {
        String program =
                Machine.postgresBin().orElseThrow().resolve("pg_controldata").toString();
        return Daemon.run(Machine.asOwner(List.of(program, data.toString())));
    }
}
