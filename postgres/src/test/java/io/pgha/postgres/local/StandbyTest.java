package io.pgha.postgres.local;

import static io.pgha.postgres.testkit.PostgresNode.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pgha.core.action.Action;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Timeline;
import io.pgha.core.slots.SlotPlan;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Standbys: copied, streaming, following another, promoted, rewound. */
@Tag("real")
class StandbyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sandbox sandbox = Sandbox.open();
    private final PostgresNode first = sandbox.node("pg1");
    private final PostgresNode second = sandbox.node("pg-2");
    private final PostgresNode third = sandbox.node("pg3");

    @BeforeEach
    void bootstrap() {
        first.bootstrapped();
        first.sql("CREATE TABLE t (i int)");
        awaitSlots(first, "pg_2", "pg3");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aCopyStreamsThroughItsSlot() {
        second.clonedFrom(first);
        awaitStreaming(second);
        assertThat(first.query("SELECT active FROM pg_replication_slots WHERE slot_name = 'pg_2'"))
                .isEqualTo("t");
        PostgresObservation seen = second.observe();
        assertThat(seen.runsAsStandby()).isTrue();
        assertThat(seen.standbySignal()).isTrue();
        assertThat(seen.state()).isEqualTo(PostgresState.RUNNING);
        ServerStatus server = seen.server().orElseThrow();
        assertThat(server.timeline()).isEqualTo(Timeline.FIRST);
        assertThat(server.upstream()).contains("127.0.0.1:" + first.settings().port());
        assertThat(first.observe().server().orElseThrow().walSenders()).anySatisfy(sender -> {
            assertThat(sender.applicationName()).isEqualTo("pg-2");
            assertThat(sender.state()).isEqualTo("streaming");
        });
        assertThat(second.postgres().follows(Optional.of(first.asUpstream()))).isTrue();
        assertThat(second.postgres().checkDivergence(first.asUpstream(), JobControl.UNATTENDED))
                .isEqualTo(new Divergence.None());
        assertThat(second.postgres()
                        .configure(second.settings(), ConfigRole.REPLICA)
                        .succeeded())
                .isTrue();
        assertThat(second.postgres().follows(Optional.of(first.asUpstream()))).isTrue();
        second.restartAgent();
        assertThat(second.postgres().follows(Optional.of(first.asUpstream()))).isTrue();
    }

    @Test
    void aPromotedStandbyTakesWritesAndTheOthersFollowIt() {
        second.clonedFrom(first);
        third.clonedFrom(first);
        first.sql("INSERT INTO t VALUES (1)");
        succeeds(first.stop(StopMode.FAST));

        long start = System.nanoTime();
        succeeds(second.promote());
        second.sql("INSERT INTO t VALUES (2)");
        System.out.println("promoted in " + Duration.ofNanos(System.nanoTime() - start));
        assertThat(second.observe().server().orElseThrow().timeline()).isEqualTo(new Timeline(2));
        assertThat(second.postgres().history(new Timeline(2))).hasSize(1);
        assertThat(second.promote().message()).isEqualTo("PostgreSQL is primary already");

        assertThat(third.postgres().follows(Optional.of(second.asUpstream()))).isFalse();
        succeeds(second.postgres().applySlots(new SlotPlan(List.of("nonesuch"), List.of("pg3", "pg1"), List.of())));
        long pid = third.postmaster().pid();
        assertThat(third.postgres().followsUnlessRestarted(Optional.of(second.asUpstream())))
                .isFalse();
        succeeds(third.postgres().follow(Optional.of(second.asUpstream()), JobControl.UNATTENDED));
        awaitRows(third, 2);
        assertThat(third.postmaster().pid()).isEqualTo(pid);
        assertThat(third.postgres().follows(Optional.of(second.asUpstream()))).isTrue();
        await().atMost(PATIENCE)
                .until(() -> third.observe().server().orElseThrow().timeline().equals(new Timeline(2)));

        // It stopped in order and the new primary has all its WAL: no rewind.
        assertThat(first.postgres().checkDivergence(second.asUpstream(), JobControl.UNATTENDED))
                .isEqualTo(new Divergence.None());
        succeeds(first.startAsStandby(second));
        awaitRows(first, 2);
    }

    @Test
    void nothingIsPromotedWhenItIsNoLongerAllowed() {
        second.clonedFrom(first);
        Result result = second.postgres().promote(PATIENCE, () -> false, JobControl.UNATTENDED);
        assertThat(result).isInstanceOf(Result.Cancelled.class);
        assertThat(second.observe().runsAsStandby()).isTrue();
    }

    /** Somebody else listens on PostgreSQL's port: that is said before anything is moved or copied. */
    @Test
    void aCopyForAPortThatIsTakenIsNotBegun() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        CloneRequest fromFirst = new CloneRequest(Optional.of(first.asUpstream()), false);
        try (ServerSocket stranger = new ServerSocket(second.settings().port(), 1, here)) {
            assertThat(second.postgres()
                            .createReplica(fromFirst, JobControl.UNATTENDED)
                            .message())
                    .contains("port " + stranger.getLocalPort(), "end the process that uses it");
            assertThat(second.dataDir()).doesNotExist();
        }
        second.clonedFrom(first);
        succeeds(second.stop(StopMode.FAST));
        try (ServerSocket stranger = new ServerSocket(second.settings().port(), 1, here)) {
            Result result = second.postgres().replaceData(fromFirst, Action.OldData.EXPENDABLE, JobControl.UNATTENDED);
            assertThat(result.message()).contains("port " + stranger.getLocalPort(), "the data is as it was");
            assertThat(second.startAsStandby(first).message()).contains("port " + stranger.getLocalPort());
            assertThat(second.observe().complaint().orElse("")).contains("end the process that uses it");
        }
        succeeds(second.startAsStandby(first));
        awaitStreaming(second);
    }

    /** As after writes that were not flushed: the machine of the primary has data of yesterday, on the same timeline. */
    @Test
    void aStandbyAheadOfAPrimaryThatLostItsEndHasParted() throws IOException, InterruptedException {
        second.clonedFrom(first);
        awaitStreaming(second);
        succeeds(first.stop(StopMode.FAST));
        Path kept = first.dataDir().resolveSibling("yesterday");
        copy(first.dataDir(), kept);
        succeeds(first.postgres().startAsPrimary(PATIENCE, JobControl.UNATTENDED));
        first.sql("INSERT INTO t SELECT generate_series(1, 10000)");
        awaitRows(second, 10_000);
        succeeds(first.stop(StopMode.FAST));
        Files.move(first.dataDir(), first.dataDir().resolveSibling("today"));
        copy(kept, first.dataDir());
        succeeds(first.postgres().startAsPrimary(PATIENCE, JobControl.UNATTENDED));

        assertThat(second.postgres().checkDivergence(first.asUpstream(), JobControl.UNATTENDED))
                .isInstanceOf(Divergence.Hidden.class);
        succeeds(second.stop(StopMode.FAST));
        assertThat(second.postgres().checkDivergence(first.asUpstream(), JobControl.UNATTENDED))
                .isInstanceOf(Divergence.Hidden.class);
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        Process copying = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                .inheritIO()
                .start();
        assertThat(copying.waitFor()).isZero();
    }

    @Test
    void anOldPrimaryWithItsOwnWritesIsRewound() {
        second.clonedFrom(first);
        awaitStreaming(second);
        succeeds(second.promote());
        second.sql("INSERT INTO t SELECT generate_series(1, 1000)");
        first.sql("INSERT INTO t VALUES (666)");
        succeeds(first.postgres().fence("a test"));

        assertThat(first.observe().control().orElseThrow().state().needsCrashRecovery())
                .isTrue();
        succeeds(first.postgres().crashRecover(JobControl.UNATTENDED));
        assertThat(first.postgres().checkDivergence(second.asUpstream(), JobControl.UNATTENDED))
                .isInstanceOf(Divergence.Diverged.class);
        succeeds(first.postgres().rewind(second.asUpstream(), JobControl.UNATTENDED));
        succeeds(second.postgres().applySlots(new SlotPlan(List.of(), List.of("pg1"), List.of())));
        succeeds(first.startAsStandby(second));
        awaitRows(first, 1000);
        assertThat(first.query("SELECT count(*) FROM t WHERE i = 666")).isEqualTo("1");
    }

    private void thirdReplaysWhatTheNewPrimaryLacks() {
        second.clonedFrom(first);
        third.clonedFrom(first);
        awaitStreaming(third);
        succeeds(second.promote());
        first.sql("INSERT INTO t SELECT generate_series(1, 1000)");
        awaitRows(third, 1000);
    }

    @Test
    void aStandbyThatReplayedTooMuchHasDiverged() {
        thirdReplaysWhatTheNewPrimaryLacks();
        assertThat(third.postgres().checkDivergence(second.asUpstream(), JobControl.UNATTENDED))
                .isInstanceOf(Divergence.Diverged.class);
        assertThat(second.postgres().checkDivergence(third.asUpstream(), JobControl.UNATTENDED))
                .isInstanceOf(Divergence.Undetermined.class);
        succeeds(third.stop(StopMode.FAST));
        assertThat(third.postgres().checkDivergence(second.asUpstream(), JobControl.UNATTENDED))
                .isInstanceOf(Divergence.Diverged.class);
        succeeds(third.postgres().rewind(second.asUpstream(), JobControl.UNATTENDED));
    }

    /** One that was killed was not stopped in order, and single-user mode knows no standby: it recovers as a primary would. */
    @Test
    void aKilledStandbyIsRewound() {
        thirdReplaysWhatTheNewPrimaryLacks();
        first.sql("CHECKPOINT");
        String position = first.query("SELECT pg_current_wal_lsn()");
        await().atMost(PATIENCE)
                .until(() -> third.query("SELECT pg_last_wal_replay_lsn() >= '" + position + "'")
                        .equals("t"));
        // What its control file tells is what it has surely on disk.
        third.sql("CHECKPOINT");
        succeeds(third.postgres().fence("a test"));
        assertThat(third.postgres().checkDivergence(second.asUpstream(), JobControl.UNATTENDED))
                .isInstanceOf(Divergence.Diverged.class);
        succeeds(third.postgres().rewind(second.asUpstream(), JobControl.UNATTENDED));
        succeeds(second.postgres().applySlots(new SlotPlan(List.of(), List.of("pg3"), List.of())));
        succeeds(third.startAsStandby(second));
        awaitRows(third, 0);
    }

    /** A busy machine may take longer for the first session than one order waits. */
    private static void awaitSlots(PostgresNode node, String... names) {
        SlotPlan plan = new SlotPlan(List.of(), List.of(names), List.of());
        await().atMost(PATIENCE).until(() -> node.postgres().applySlots(plan).succeeded());
    }

    private static void awaitStreaming(PostgresNode node) {
        await().atMost(PATIENCE)
                .until(() -> node.observe()
                        .server()
                        .flatMap(ServerStatus::replicationState)
                        .filter("streaming"::equals)
                        .isPresent());
    }

    private static void awaitRows(PostgresNode node, int rows) {
        await().atMost(PATIENCE)
                .until(() -> node.query("SELECT count(*) FROM t").equals(Integer.toString(rows)));
    }
}
