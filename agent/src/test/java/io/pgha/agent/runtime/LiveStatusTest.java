package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Postmaster;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Timeline;
import io.pgha.restapi.NodeSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveStatusTest {
    private static ServerStatus at(long position) {
        return new ServerStatus(
                150018,
                "2026-01-02 03:04:05.678901+00:00",
                true,
                Timeline.FIRST,
                Lsn.ZERO,
                Optional.of(new Lsn(position)),
                Optional.of(new Lsn(position)),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of("streaming"),
                Optional.empty(),
                List.of(),
                io.pgha.core.model.SyncParameters.NONE,
                List.of());
    }

    private static PostgresObservation observed(Optional<ServerStatus> server) {
        return new PostgresObservation(
                DataDirectory.PRESENT,
                Optional.empty(),
                PostgresState.RUNNING,
                Optional.of(new Postmaster(1, 1)),
                server,
                Optional.empty(),
                true,
                false,
                Optional.of("use_pg_rewind is off"),
                Map.of(),
                Optional.empty());
    }

    private static NodeSnapshot lastCycle() {
        return NodeSnapshot.builder("demo", "a")
                .state(PostgresState.RUNNING)
                .server(Optional.of(at(100)))
                .build();
    }

    @Test
    void thePositionIsThatOfNow() {
        LiveStatus live = new LiveStatus(LiveStatusTest::lastCycle, () -> observed(Optional.of(at(200))));
        assertThat(live.get().server()).contains(at(200));
        assertThat(live.get().positionsCurrent()).isTrue();
    }

    @Test
    void aServerThatDoesNotAnswerIsShownAsTheLastCycleSawIt() {
        LiveStatus live = new LiveStatus(LiveStatusTest::lastCycle, () -> observed(Optional.empty()));
        assertThat(live.get().server()).contains(at(100));
        assertThat(live.get().positionsCurrent()).isFalse();
    }

    @Test
    void aQuestionThatHangsDoesNotHoldTheAnswerUp() {
        CountDownLatch never = new CountDownLatch(1);
        LiveStatus live = new LiveStatus(LiveStatusTest::lastCycle, () -> {
            try {
                never.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return observed(Optional.empty());
        });
        NodeSnapshot told = live.get();
        assertThat(told.server()).contains(at(100));
        assertThat(told.positionsCurrent()).isFalse();
        never.countDown();
    }

    @Test
    void aServerThatIsDownIsNotAsked() {
        LiveStatus live = new LiveStatus(() -> NodeSnapshot.builder("demo", "a").build(), () -> {
            throw new AssertionError("asked");
        });
        assertThat(live.get().server()).isEmpty();
    }
}
