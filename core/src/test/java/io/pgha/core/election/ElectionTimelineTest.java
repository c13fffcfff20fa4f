package io.pgha.core.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** ADR 0008; found by the simulator (seed 77 of 2026-11-21). */
class ElectionTimelineTest {
    private static final Lsn BEHIND = new Lsn(1000);
    private static final Lsn AHEAD = new Lsn(2000);

    @Test
    void moreWalOnAnOlderTimelineDoesNotWin() {
        assertThat(judge(4, AHEAD, peer(5, BEHIND)).fit()).isFalse();
    }

    @Test
    void theNewerTimelineWinsThoughItHasLessWal() {
        assertThat(judge(5, BEHIND, peer(4, AHEAD)).fit()).isTrue();
    }

    @Test
    void onOneTimelineThePositionDecides() {
        assertThat(judge(5, BEHIND, peer(5, AHEAD)).fit()).isFalse();
        assertThat(judge(5, AHEAD, peer(5, BEHIND)).fit()).isTrue();
    }

    @Test
    void whereATimelineIsNotKnownThePositionDecides() {
        assertThat(judge(0, BEHIND, peer(4, AHEAD)).fit()).isFalse();
        assertThat(judge(5, AHEAD, peer(0, BEHIND)).fit()).isTrue();
    }

    private static Verdict judge(int timeline, Lsn position, PeerAnswer peer) {
        Contender me =
                new Contender("a", position, new Timeline(timeline), 1, ClusterStatus.NONE, Timeline.UNKNOWN, "");
        return new Election(1_048_576, false).judge(me, List.of(peer));
    }

    private static PeerAnswer peer(int timeline, Lsn position) {
        return new PeerAnswer("b", true, true, position, new Timeline(timeline), Tags.NONE, false, Optional.empty());
    }
}
