package io.pgha.postgres.local;

import static io.pgha.postgres.testkit.PostgresNode.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pgha.core.model.ControlState;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Postmaster;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Timeline;
import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.StopObserver;
import io.pgha.postgres.process.ProcessTable;
import io.pgha.postgres.process.Signal;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A primary on its own: made, watched, killed, started, stopped. */
@Tag("real")
class PrimaryTest {
    private final Sandbox sandbox = Sandbox.open();
    private final PostgresNode node = sandbox.node("pg1");

    @BeforeEach
    void bootstrap() {
        assertThat(node.observe().dataDirectory()).isEqualTo(DataDirectory.EMPTY);
        node.bootstrapped();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aNewClusterRunsAsPrimaryWithItsRoles() {
        PostgresObservation seen = node.observe();
        assertThat(seen.state()).isEqualTo(PostgresState.RUNNING);
        assertThat(seen.runsAsPrimary()).isTrue();
        assertThat(seen.complaint()).isEmpty();
        assertThat(seen.rewindPossible()).isTrue();
        assertThat(seen.pendingRestartReasons()).isEmpty();
        assertThat(seen.systemIdentifier())
                .hasValueSatisfying(id -> assertThat(id).matches("[0-9]{10,}"));
        assertThat(seen.server()).hasValueSatisfying(server -> {
            assertThat(server.timeline()).isEqualTo(Timeline.FIRST);
            assertThat(server.location().isZero()).isFalse();
            assertThat(server.postmasterStartTime())
                    .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");
        });
        assertThat(node.query("SELECT string_agg(rolname || rolsuper || rolreplication, ',' ORDER BY rolname)"
                        + " FROM pg_roles WHERE rolname !~ '^pg_'"))
                .isEqualTo("postgrestruetrue,replicatorfalsetrue,rewinderfalsefalse");
    }

    @Test
    void anAgentThatStartsAgainAdoptsTheRunningServer() {
        Postmaster before = node.postmaster();
        node.restartAgent();
        PostgresObservation seen = node.observe();
        assertThat(seen.postmaster()).contains(before);
        assertThat(seen.state()).isEqualTo(PostgresState.RUNNING);
        assertThat(node.postgres()
                        .configure(node.settings(), ConfigRole.PRIMARY)
                        .message())
                .isEqualTo("the server has this configuration");
    }

    @Test
    void aKilledServerIsNoticedAtOnceAndTakesWritesAgainWithinASecond() throws InterruptedException {
        node.sql("CREATE TABLE t (i int)");
        Postmaster before = node.postmaster();
        CountDownLatch exited = new CountDownLatch(1);
        node.postgres().onPostmasterExit(exited::countDown);
        long killed = System.nanoTime();
        Signal.KILL.sendTo(before.pid());
        assertThat(exited.await(5, TimeUnit.SECONDS)).isTrue();
        Duration noticed = Duration.ofNanos(System.nanoTime() - killed);
        assertThat(node.observe().state()).isEqualTo(PostgresState.CRASHED);
        assertThat(node.observe().control())
                .hasValueSatisfying(control -> assertThat(control.state()).isEqualTo(ControlState.IN_PRODUCTION));

        succeeds(node.startAsPrimary());
        node.sql("INSERT INTO t VALUES (1)");
        Duration writable = Duration.ofNanos(System.nanoTime() - killed);
        System.out.println("noticed " + noticed + ", writable " + writable);
        assertThat(noticed).isLessThan(Duration.ofMillis(200));
        assertThat(writable).isLessThan(Duration.ofSeconds(5));
        assertThat(node.observe().runsAsPrimary()).isTrue();
        assertThat(node.observe().server().orElseThrow().timeline()).isEqualTo(Timeline.FIRST);
    }

    @Test
    void aBusyBackendDoesNotHoldUpTheNextStart() throws SQLException {
        Postmaster before = node.postmaster();
        try (Connection session = node.connect();
                Statement statement = session.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            Thread busy = new Thread(() -> {
                try {
                    statement.execute("SELECT count(*) FROM generate_series(1, 100000000)");
                } catch (SQLException e) {
                    // The server dies under it.
                }
            });
            busy.start();
            await().until(() -> node.query("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%generate_series%'"
                            + " AND state = 'active' AND pid <> pg_backend_pid()")
                    .equals("1"));
            Signal.KILL.sendTo(before.pid());
            await().until(() -> !node.observe().postmasterRuns());
            succeeds(node.startAsPrimary());
        }
        assertThat(node.observe().runsAsPrimary()).isTrue();
    }

    @Test
    void aStopTellsWhenWritesEndAndWhereTheWalEnds() {
        List<String> events = new ArrayList<>();
        Lsn[] end = new Lsn[1];
        StopObserver observer = new StopObserver() {
            @Override
            public void noMoreWrites() {
                events.add("no more writes");
            }

            @Override
            public void shutdownCheckpoint(Lsn position) {
                events.add("checkpoint");
                end[0] = position;
            }
        };
        succeeds(node.postgres().stop(StopMode.FAST, true, Duration.ofSeconds(30), observer));
        assertThat(events).containsExactly("no more writes", "checkpoint");
        PostgresObservation seen = node.observe();
        assertThat(seen.state()).isEqualTo(PostgresState.STOPPED);
        assertThat(seen.control()).hasValueSatisfying(control -> {
            assertThat(control.state()).isEqualTo(ControlState.SHUT_DOWN);
            assertThat(control.checkpoint()).isEqualTo(end[0]);
        });
        succeeds(node.startAsPrimary());
        succeeds(node.stop(StopMode.SMART));
        succeeds(node.startAsPrimary());
        succeeds(node.stop(StopMode.IMMEDIATE));
        assertThat(node.observe().state()).isEqualTo(PostgresState.STOPPED);
    }

    @Test
    void withArchivingTheLastRecordIsTheSwitch() {
        node.with(settings -> settings.parameter("archive_mode", "on").parameter("archive_command", "true"));
        node.postgres().configure(node.settings(), ConfigRole.PRIMARY);
        assertThat(node.observe().pendingRestartReasons()).containsKey("archive_mode");
        succeeds(node.stop(StopMode.FAST));
        succeeds(node.startAsPrimary());
        assertThat(node.observe().pendingRestartReasons()).isEmpty();
        node.sql("CREATE TABLE t (i int)");
        Lsn[] end = new Lsn[1];
        succeeds(node.postgres().stop(StopMode.FAST, false, Duration.ofSeconds(30), new StopObserver() {
            @Override
            public void noMoreWrites() {}

            @Override
            public void shutdownCheckpoint(Lsn position) {
                end[0] = position;
            }
        }));
        Lsn checkpoint = node.observe().control().orElseThrow().checkpoint();
        assertThat(checkpoint.isAfter(end[0])).isTrue();
    }

    @Test
    void aClientThatDoesNotLeaveTurnsASmartStopIntoAnImmediateOne() throws SQLException {
        try (Connection session = node.connect()) {
            assertThat(session.isValid(1)).isTrue();
            succeeds(node.postgres().stop(StopMode.SMART, false, Duration.ofMillis(500), StopObserver.NONE));
        }
        assertThat(node.observe().control().orElseThrow().state()).isEqualTo(ControlState.IN_PRODUCTION);
    }

    @Test
    void fencingEndsASuspendedServerWithinASecond() {
        Postmaster postmaster = node.postmaster();
        ProcessTable.descendants(postmaster.pid()).forEach(child -> Signal.STOP.sendTo(child.pid()));
        Signal.STOP.sendTo(postmaster.pid());
        List<Long> children = ProcessTable.descendants(postmaster.pid()).stream()
                .map(child -> child.pid())
                .toList();
        assertThat(children).isNotEmpty();
        long start = System.nanoTime();
        succeeds(node.postgres().fence("a test"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(ProcessTable.runs(postmaster.pid(), postmaster.startTicks())).isFalse();
        assertThat(children).noneMatch(pid -> ProcessTable.runs(pid, 0));
        assertThat(node.observe().state()).isEqualTo(PostgresState.STOPPED);
    }

    @Test
    void fencingEndsARunningServerAndItsOrphans() {
        Postmaster postmaster = node.postmaster();
        succeeds(node.postgres().fence("a test"));
        assertThat(ProcessTable.runs(postmaster.pid(), postmaster.startTicks())).isFalse();
        succeeds(node.postgres().fence("once more"));
    }

    @Test
    void lookingAtASuspendedServerTakesNoLongerThanThreeSeconds() {
        Postmaster postmaster = node.postmaster();
        Signal.STOP.sendTo(postmaster.pid());
        assertLooksQuickly();
        ProcessTable.descendants(postmaster.pid()).forEach(child -> Signal.STOP.sendTo(child.pid()));
        assertLooksQuickly();
        node.restartAgent();
        PostgresObservation seen = assertLooksQuickly();
        assertThat(seen.postmaster()).contains(postmaster);
        assertThat(seen.server()).isEmpty();
        assertThat(seen.mayTakeWrites()).isTrue();
    }

    private PostgresObservation assertLooksQuickly() {
        long start = System.nanoTime();
        PostgresObservation seen = node.observe();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3200));
        return seen;
    }
}
