package io.pgha.postgres.rewind;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.Divergence;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryComparisonTest {
    private static final Lsn SWITCH = new Lsn(1000);
    private static final List<HistoryEntry> HISTORY = List.of(
            new HistoryEntry(new Timeline(2), SWITCH, "no recovery target", Optional.empty(), Optional.empty()));

    @Test
    void equalTimelinesAreNoDivergenceAndALaterOneIs() {
        Timeline leader = new Timeline(3);
        assertThat(HistoryComparison.byTimeline(standby(3, 5), leader, new Lsn(5)))
                .contains(new Divergence.None());
        assertThat(HistoryComparison.byTimeline(standby(4, 5), leader, new Lsn(9)))
                .hasValueSatisfying(verdict -> assertThat(verdict).isInstanceOf(Divergence.Diverged.class));
        assertThat(HistoryComparison.byTimeline(standby(2, 5), leader, new Lsn(9)))
                .isEmpty();
    }

    /** The leader lost the end of its WAL, or two histories carry the same number. */
    @Test
    void whoIsAheadOfTheLeaderOnItsTimelineHasParted() {
        assertThat(HistoryComparison.byTimeline(standby(3, 6), new Timeline(3), new Lsn(5)))
                .hasValueSatisfying(verdict -> assertThat(verdict).isInstanceOf(Divergence.Hidden.class));
        assertThat(HistoryComparison.byTimeline(primary(3, 6), new Timeline(3), new Lsn(5)))
                .hasValueSatisfying(verdict -> assertThat(verdict).isInstanceOf(Divergence.Hidden.class));
    }

    @Test
    void aStandbyMayReachTheSwitchPointButNotPassIt() {
        assertThat(compare(standby(2, 1000))).isInstanceOf(Divergence.None.class);
        assertThat(compare(standby(2, 1001))).isInstanceOf(Divergence.Diverged.class);
    }

    @Test
    void aFormerPrimaryMustHaveEndedExactlyThere() {
        assertThat(compare(primary(2, 1000))).isInstanceOf(Divergence.Diverged.class);
        assertThat(compare(primary(2, 1001))).isInstanceOf(Divergence.Diverged.class);
        assertThat(HistoryComparison.byHistory(primary(2, 880), HISTORY, () -> Optional.of(SWITCH)))
                .isInstanceOf(Divergence.None.class);
        assertThat(HistoryComparison.byHistory(primary(2, 880), HISTORY, () -> Optional.of(new Lsn(992))))
                .isInstanceOf(Divergence.Diverged.class);
        assertThat(compare(primary(2, 880))).isInstanceOf(Divergence.Diverged.class);
    }

    /** Its disk lost what others had: pg_rewind would see nothing to do. */
    @Test
    void aFormerPrimaryThatEndedLongBeforeOthersLeftItsTimelineHasParted() {
        assertThat(HistoryComparison.byHistory(primary(2, 600), HISTORY, () -> Optional.of(new Lsn(720))))
                .isInstanceOf(Divergence.Hidden.class);
        assertThat(compare(primary(2, 600))).isInstanceOf(Divergence.Diverged.class);
        assertThat(compare(standby(2, 600))).isInstanceOf(Divergence.None.class);
    }

    @Test
    void aTimelineThatTheLeaderNeverHadIsADivergence() {
        assertThat(compare(standby(1, 5))).isInstanceOf(Divergence.Diverged.class);
    }

    private static Divergence compare(Position local) {
        return HistoryComparison.byHistory(local, HISTORY, Optional::empty);
    }

    private static Position standby(int timeline, long lsn) {
        return new Position(new Timeline(timeline), new Lsn(lsn), false);
    }

    private static Position primary(int timeline, long lsn) {
        return new Position(new Timeline(timeline), new Lsn(lsn), true);
    }
}
