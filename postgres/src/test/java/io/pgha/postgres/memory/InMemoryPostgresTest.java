package io.pgha.postgres.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ControlState;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.StopObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InMemoryPostgresTest {
    /** Bytes of WAL, as many as a shutdown takes. */
    private static final long RECORD = 120;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final JobControl JOB = JobControl.UNATTENDED;

    private final ManualTime time = new ManualTime();
    private final Set<String> cut = new HashSet<>();
    private final List<String> mixed = new ArrayList<>();
    private final ServerNetwork network = new ServerNetwork((from, to) -> !cut.contains(from) && !cut.contains(to));
    private final MemoryServer serverA = server("a");
    private final MemoryServer serverB = server("b");
    private final MemoryServer serverC = server("c");
    private final InMemoryPostgres a = new InMemoryPostgres(serverA, time);
    private final InMemoryPostgres b = new InMemoryPostgres(serverB, time);
    private final InMemoryPostgres c = new InMemoryPostgres(serverC, time);

    @BeforeEach
    void aPrimaryWithTwoReplicas() {
        assertThat(a.bootstrap(JOB).succeeded()).isTrue();
        join(b, "a");
        join(c, "a");
    }

    @Test
    void aNewClusterTakesWritesAndItsReplicasGetThem() {
        assertThat(a.observe().runsAsPrimary()).isTrue();
        assertThat(b.observe().runsAsStandby()).isTrue();
        write(serverA);
        assertThat(serverB.folder().orElseThrow().end())
                .isEqualTo(serverA.folder().orElseThrow().end());
        assertThat(serverB.write(RECORD, end -> {})).isFalse();
    }

    @Test
    void initdbNeverRunsOverData() {
        assertThat(b.bootstrap(JOB)).isInstanceOf(Result.Failed.class);
        assertThat(b.createReplica(from("a"), JOB)).isInstanceOf(Result.Failed.class);
    }

    @Test
    void promotionTakesTheNextTimelineAndTheOthersFollowIt() {
        serverA.quit();
        promote(b);
        c.follow(Optional.of(upstream("b")), JOB);
        time.pause(Duration.ofSeconds(1));

        assertThat(timeline(b)).isEqualTo(new Timeline(2));
        assertThat(timeline(c)).isEqualTo(new Timeline(2));
        assertThat(serverC.isStreaming()).isTrue();
        assertThat(b.history(new Timeline(2))).hasSize(1);
    }

    @Test
    void aPromotionSkipsTheNumbersThatItIsToldTo() {
        serverA.quit();
        assertThat(b.skipTimelines(new Timeline(4)).succeeded()).isTrue();
        promote(b);
        c.follow(Optional.of(upstream("b")), JOB);
        time.pause(Duration.ofSeconds(1));
        assertThat(timeline(b)).isEqualTo(new Timeline(5));
        assertThat(timeline(c)).isEqualTo(new Timeline(5));
    }

    @Test
    void aPromotionIsNotOrderedWhenItIsNoLongerAllowed() {
        assertThat(b.promote(MINUTE, () -> false, JOB)).isInstanceOf(Result.Cancelled.class);
        time.pause(MINUTE);
        assertThat(b.observe().runsAsStandby()).isTrue();
    }

    @Test
    void aPromotionGoesOnWithoutTheAgentThatOrderedIt() {
        assertThat(b.promote(Duration.ZERO, () -> true, JOB)).isInstanceOf(Result.TimedOut.class);
        assertThat(serverB.acceptsWrites()).isFalse();
        time.pause(Duration.ofSeconds(1));
        assertThat(serverB.acceptsWrites()).isTrue();
    }

    @Test
    void aKilledServerIsSeenAsCrashedAndItsListenerIsTold() {
        List<String> told = new ArrayList<>();
        a.onPostmasterExit(() -> told.add("exit"));
        a.observe();
        serverA.quit();

        PostgresObservation seen = a.observe();
        assertThat(told).containsExactly("exit");
        assertThat(seen.state()).isEqualTo(PostgresState.CRASHED);
        assertThat(seen.control().orElseThrow().state()).isEqualTo(ControlState.IN_PRODUCTION);
        assertThat(a.startAsPrimary(MINUTE, JOB).succeeded()).isTrue();
        assertThat(timeline(a)).isEqualTo(Timeline.FIRST);
    }

    @Test
    void anAgentThatComesBackAdoptsTheRunningServer() {
        a.close();
        try (InMemoryPostgres successor = new InMemoryPostgres(serverA, time)) {
            assertThat(successor.observe().runsAsPrimary()).isTrue();
            assertThat(successor.observe().state()).isEqualTo(PostgresState.RUNNING);
        }
    }

    @Test
    void aFormerPrimaryWithMoreWalHasDivergedAndRewindMendsIt() {
        cut.add("a");
        write(serverA);
        promote(b);
        cut.clear();
        a.stop(StopMode.IMMEDIATE, false, MINUTE, StopObserver.NONE);

        assertThat(a.checkDivergence(upstream("b"), JOB)).isInstanceOf(Divergence.Undetermined.class);
        a.crashRecover(JOB);
        assertThat(a.checkDivergence(upstream("b"), JOB)).isInstanceOf(Divergence.Diverged.class);
        time.pause(Duration.ofSeconds(10));
        assertThat(a.rewind(upstream("b"), JOB).succeeded()).isTrue();
        startAsStandby(a, "b");
        assertThat(serverA.isStreaming()).isTrue();
        assertThat(a.checkDivergence(upstream("b"), JOB)).isInstanceOf(Divergence.None.class);
    }

    @Test
    void aPrimaryThatShutDownInOrderFollowsItsSuccessorWithoutRewind() {
        a.stop(StopMode.FAST, true, MINUTE, StopObserver.NONE);
        assertThat(serverB.folder().orElseThrow().end())
                .isEqualTo(serverA.folder().orElseThrow().end());
        promote(b);
        assertThat(a.checkDivergence(upstream("b"), JOB)).isInstanceOf(Divergence.None.class);
        startAsStandby(a, "b");
        assertThat(serverA.isStreaming()).isTrue();
        assertThat(mixed).isEmpty();
    }

    @Test
    void aStandbyOfAPrimaryThatLostItsEndIsAhead() {
        assertThat(b.checkDivergence(upstream("a"), JOB)).isInstanceOf(Divergence.None.class);
        for (int i = 0; i < 20; i++) {
            write(serverA);
        }
        time.pause(Duration.ofSeconds(2));
        serverA.loseEnd(2_000);
        assertThat(a.startAsPrimary(MINUTE, JOB).succeeded()).isTrue();
        assertThat(b.checkDivergence(upstream("a"), JOB)).isInstanceOf(Divergence.Hidden.class);
    }

    @Test
    void aDivergedStandbyCannotStream() {
        cut.add("a");
        write(serverA);
        promote(b);
        cut.clear();
        a.stop(StopMode.IMMEDIATE, false, MINUTE, StopObserver.NONE);
        startAsStandby(a, "b");
        assertThat(serverA.isStreaming()).isFalse();
    }

    @Test
    void twoPromotionsFromOneParentTakeTheSameNumberAndTheModelSeesTheMixture() {
        serverA.quit();
        promote(b);
        promote(c);
        assertThat(timeline(b)).isEqualTo(timeline(c));

        c.stop(StopMode.FAST, false, MINUTE, StopObserver.NONE);
        write(serverB);
        startAsStandby(c, "b");
        assertThat(mixed).containsExactly("c");
    }

    @Test
    void aFencedServerIsGoneWithinASecond() {
        assertThat(a.fence("test").succeeded()).isTrue();
        assertThat(serverA.runs()).isFalse();
        assertThat(serverA.acceptsWrites()).isFalse();
    }

    @Test
    void aServerThatDoesNotAnswerShowsNoStatusAndMayTakeWrites() {
        serverA.hang(true);
        PostgresObservation seen = a.observe();
        assertThat(seen.server()).isEmpty();
        assertThat(seen.mayTakeWrites()).isTrue();
        a.stop(StopMode.FAST, false, Duration.ofSeconds(5), StopObserver.NONE);
        assertThat(serverA.runs()).isFalse();
    }

    @Test
    void aDataDirectoryThatIsSetAsideIsKept() {
        b.stop(StopMode.FAST, false, MINUTE, StopObserver.NONE);
        assertThat(b.setAside(false).succeeded()).isTrue();
        assertThat(b.observe().dataDirectory()).isEqualTo(DataDirectory.EMPTY);
        assertThat(serverB.aside()).hasSize(1);
        join(b, "a");
        assertThat(serverB.isStreaming()).isTrue();
    }

    private MemoryServer server(String name) {
        return new MemoryServer(name, name + ":5432", network, time, Luck.USUAL, new ServerWitness() {
            @Override
            public void mixed(MemoryServer server, Branch own, Branch foreign, io.pgha.core.model.Lsn position) {
                mixed.add(server.name());
            }
        });
    }

    private void join(InMemoryPostgres replica, String source) {
        assertThat(replica.createReplica(from(source), JOB).succeeded()).isTrue();
        startAsStandby(replica, source);
    }

    private void startAsStandby(InMemoryPostgres replica, String source) {
        assertThat(replica.startAsStandby(Optional.of(upstream(source)), MINUTE, JOB)
                        .succeeded())
                .isTrue();
        time.pause(Duration.ofSeconds(1));
    }

    private void promote(InMemoryPostgres replica) {
        assertThat(replica.promote(MINUTE, () -> true, JOB).succeeded()).isTrue();
    }

    private void write(MemoryServer primary) {
        assertThat(primary.write(RECORD, end -> {})).isTrue();
        time.pause(Duration.ofSeconds(1));
    }

    private static Timeline timeline(InMemoryPostgres postgres) {
        return postgres.observe().server().orElseThrow().timeline();
    }

    private static CloneRequest from(String name) {
        return new CloneRequest(Optional.of(upstream(name)), false);
    }

    private static Upstream upstream(String name) {
        return new Upstream(name, "postgres://" + name + ":5432/postgres", false);
    }
}
