package io.pgha.postgres.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Postmaster;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SyncParameters;
import io.pgha.core.model.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class KnownTimelineTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void oneSilenceIsNotTheLastWord() {
        Queue<PostgresObservation> answers = new ArrayDeque<>(List.of(silent(true), standby(3)));
        assertThat(KnownTimeline.await(answers::remove, LONG)).isEqualTo(new Timeline(3));
    }

    @Test
    void aServerThatDoesNotRunIsNotWaitedFor() {
        Queue<PostgresObservation> answers = new ArrayDeque<>(List.of(silent(false)));
        assertThat(KnownTimeline.await(answers::remove, LONG)).isEqualTo(Timeline.UNKNOWN);
    }

    @Test
    void theWaitEnds() {
        assertThat(KnownTimeline.await(() -> silent(true), Duration.ZERO)).isEqualTo(Timeline.UNKNOWN);
    }

    private static PostgresObservation silent(boolean runs) {
        return seen(runs, Optional.empty());
    }

    private static PostgresObservation standby(int timeline) {
        return seen(
                true,
                Optional.of(new ServerStatus(
                        150018,
                        "2026-01-01 00:00:00+00",
                        true,
                        new Timeline(timeline),
                        Lsn.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        SyncParameters.NONE,
                        List.of())));
    }

    private static PostgresObservation seen(boolean runs, Optional<ServerStatus> server) {
        return new PostgresObservation(
                DataDirectory.PRESENT,
                Optional.empty(),
                PostgresState.RUNNING,
                runs ? Optional.of(new Postmaster(1, 1)) : Optional.empty(),
                server,
                Optional.empty(),
                true,
                false,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }
}
