package io.pgha.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterHistoryTest {
    private static HistoryEntry line(int timeline, String time, String leader) {
        return new HistoryEntry(
                new Timeline(timeline),
                new Lsn(1000L * timeline),
                "no recovery target specified",
                time.isEmpty() ? Optional.empty() : Optional.of(time),
                leader.isEmpty() ? Optional.empty() : Optional.of(leader));
    }

    private static Optional<List<HistoryEntry>> wanted(
            Optional<List<HistoryEntry>> present, int timeline, List<HistoryEntry> local, int most) {
        return ClusterHistory.wanted(present, new Timeline(timeline), () -> local, "pg1", most);
    }

    @Test
    void aNewClusterWithoutHistoryWritesNothing() {
        assertThat(wanted(Optional.empty(), 1, List.of(), 0)).isEmpty();
        assertThat(wanted(Optional.of(List.of()), 1, List.of(), 0)).isEmpty();
    }

    @Test
    void theHistoryOfAnEarlierClusterIsEmptied() {
        assertThat(wanted(Optional.of(List.of(line(1, "then", "pg0"))), 1, List.of(), 0))
                .contains(List.of());
    }

    @Test
    void aNewLeaderAddsItsLineAndKeepsWhatWasKnownOfTheOthers() {
        assertThat(wanted(
                        Optional.of(List.of(line(1, "then", "pg0"))),
                        3,
                        List.of(line(1, "", ""), line(2, "now", "")),
                        0))
                .contains(List.of(line(1, "then", "pg0"), line(2, "now", "pg1")));
    }

    @Test
    void aCompleteHistoryIsLeftAlone() {
        assertThat(wanted(Optional.of(List.of(line(1, "then", "pg0"))), 2, List.of(line(1, "then", "")), 0))
                .isEmpty();
    }

    @Test
    void anIncompleteLastLineIsWrittenAgain() {
        assertThat(wanted(Optional.of(List.of(line(1, "", ""))), 2, List.of(line(1, "now", "")), 0))
                .contains(List.of(line(1, "now", "pg1")));
    }

    @Test
    void onlyTheLastLinesAreKeptWhenThereIsALimit() {
        assertThat(wanted(Optional.empty(), 3, List.of(line(1, "a", ""), line(2, "b", "")), 1))
                .contains(List.of(line(2, "b", "pg1")));
    }

    @Test
    void aHistoryFileThatCannotBeReadChangesNothing() {
        assertThat(wanted(Optional.empty(), 3, List.of(), 0)).isEmpty();
    }

    /** ADR 0008. */
    @Test
    void aSkippedTimelineEndsWhereTheOneBeforeItDoes() {
        List<HistoryEntry> history =
                wanted(Optional.empty(), 4, List.of(line(1, "now", "")), 0).orElseThrow();
        assertThat(history).hasSize(3).allSatisfy(line -> {
            assertThat(line.switchPoint()).isEqualTo(new Lsn(1000));
            assertThat(line.newLeader()).contains("pg1");
        });
        assertThat(history).extracting(line -> line.timeline().number()).containsExactly(1, 2, 3);
        assertThat(wanted(Optional.of(history), 4, List.of(line(1, "now", "")), 0))
                .isEmpty();
    }
}
