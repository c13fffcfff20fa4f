package io.pgha.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What can be wrong when an agent starts: it says so, and touches nothing that it should not. */
@Tag("cluster")
class StartTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @BeforeEach
    void prepareCluster(TestInfo test) {
        assumeTrue(Machine.missing().isEmpty(), () -> "not installed: " + Machine.missing());
        cluster = Cluster.prepare(
                "StartTest/" + test.getTestMethod().orElseThrow().getName(), Software.PGHA, Timing.FAST, 2);
    }

    @AfterEach
    void endCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void withoutEtcdItWaitsAndSaysSoAndGoesOnWhenEtcdComes() {
        cluster.etcd().stop();
        Daemon agent = first().start();
        awaitOutput(agent, "etcd");
        awaitOutput(agent, Integer.toString(cluster.etcd().port()));
        assertThat(agent.isAlive()).isTrue();
        assertThat(first().config().dataDir()).doesNotExist();
        cluster.etcd().startAgain();
        assertThat(cluster.awaitPrimary()).isSameAs(first());
    }

    @Test
    void rootIsRefused() {
        assumeTrue(Machine.isRoot(), "only root can try");
        Daemon agent = Daemon.startAsUs(
                "root's agent",
                Software.PGHA.agent(first().configurationFile()),
                Map.of(),
                cluster.folder(),
                cluster.logs().resolve("root.log"));
        assertThat(agent.awaitEnd(SOON)).isNotZero();
        assertThat(agent.output()).contains("root").contains("postgres");
    }

    @Test
    void aRestPortInUseIsNamed() throws IOException {
        try (ServerSocket occupied =
                new ServerSocket(first().config().restPort(), 1, InetAddress.getLoopbackAddress())) {
            Daemon agent = first().start();
            assertThat(agent.awaitEnd(SOON)).isNotZero();
            assertThat(agent.output()).contains(Integer.toString(occupied.getLocalPort()));
        }
        assertThat(first().config().dataDir()).doesNotExist();
    }

    @Test
    void aPostgresPortInUseIsNamed() throws IOException {
        try (ServerSocket occupied =
                new ServerSocket(first().config().sqlPort(), 1, InetAddress.getLoopbackAddress())) {
            Daemon agent = first().start();
            awaitOutput(agent, Integer.toString(occupied.getLocalPort()));
            awaitOutput(agent, "in use");
        }
    }

    @Test
    void aDataDirectoryWithSomethingElseInItIsLeftAlone() throws IOException {
        Path data = first().config().dataDir();
        Path letter = data.resolve("letter.txt");
        Files.createDirectories(data);
        Files.writeString(letter, "not yours");
        Machine.giveToOwner(data);
        Daemon agent = first().start();
        awaitOutput(agent, data.toString());
        awaitOutput(agent, "empty");
        assertThat(letter).hasContent("not yours");
        try (var files = Files.list(data)) {
            assertThat(files.toList()).containsExactly(letter);
        }
    }

    @Test
    void aWrongReplicationPasswordKeepsTheReplicaOutAndIsNamed() {
        Node primary = first();
        primary.start();
        cluster.awaitPrimary();
        Node replica = cluster.nodes().get(1);
        replica.configure(replica.config().withReplicationPassword("wrong").yaml());
        Daemon agent = replica.start();
        awaitOutput(agent, "password authentication failed");
        assertThat(agent.output()).contains("replicator").doesNotContain("\"wrong\"");
        assertThat(primary.isPrimary()).isTrue();
    }

    @Test
    void aWrongSuperuserPasswordIsNamedAndThePostgresLeftRunning() {
        Node primary = first();
        primary.start();
        cluster.awaitPrimary();
        primary.agent().kill();
        primary.configure(primary.config().withSuperuserPassword("wrong").yaml());
        Daemon agent = primary.start();
        awaitOutput(agent, "password authentication failed");
        assertThat(agent.output()).contains("postgres");
        assertThat(primary.isPrimary()).isFalse();
    }

    @Test
    void missingProgramsAreNamedWithTheKey() {
        first().configure(first().config().yaml().replaceAll("bin_dir: .*", "bin_dir: /nowhere/bin"));
        Daemon agent = first().start();
        assertThat(agent.awaitEnd(SOON)).isNotZero();
        assertThat(agent.output()).contains("/nowhere/bin").contains("bin_dir");
    }

    @Test
    void aDiskThatIsFullDuringTheCopyIsNamedAndTheCopyMadeWhenThereIsSpace() {
        assumeTrue(Machine.isRoot(), "only root can make a small disk");
        first().start();
        cluster.awaitPrimary();
        Node replica = cluster.nodes().get(1);
        String disk = replica.config().folder().resolve("disk").toString();
        Daemon.run(Machine.asOwner(List.of("mkdir", disk)));
        assumeTrue(
                Daemon.run(List.of("mount", "-t", "tmpfs", "-o", "size=12m,mode=1777", "tmpfs", disk))
                        .isEmpty(),
                "this machine lets nobody mount");
        try {
            replica.configure(replica.config().yaml().replaceAll("data_dir: .*", "data_dir: " + disk + "/data"));
            Daemon agent = replica.start();
            awaitOutput(agent, "No space left on device");
            assertThat(first().isPrimary()).isTrue();
            Daemon.run(List.of("mount", "-o", "remount,size=300m", disk));
            Await.until(() -> "it streams; it said: " + agent.output(), Duration.ofSeconds(60), replica::isReplica);
        } finally {
            replica.lose();
            Daemon.signal("KILL", Processes.livingIn(Path.of(disk, "data")));
            Await.until(
                    "the disk is free",
                    SOON,
                    () -> Daemon.run(List.of("umount", disk)).isEmpty());
        }
    }

    private Node first() {
        return cluster.nodes().get(0);
    }

    private static void awaitOutput(Daemon agent, String text) {
        Await.until(
                () -> "the agent says " + text + "; it said: " + agent.output(),
                SOON,
                () -> !agent.isAlive() || agent.output().contains(text));
        assertThat(agent.output()).contains(text);
    }
}
