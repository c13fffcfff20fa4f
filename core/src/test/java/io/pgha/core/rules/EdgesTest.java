package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.HaSettingsBuilder;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Settings with a limit, exactly at it and just beyond it (facts §5.3, §5.5, §5.7, §5.8). */
class EdgesTest {
    private static final long MAXIMUM_LAG = 1_048_576;

    @Test
    void aReplicaExactlyAtMaximumLagOnFailoverRacesAndOneByteBehindDoesNot() {
        assertThat(unlockedBehind(MAXIMUM_LAG).action()).isInstanceOf(Action.AskPeers.class);
        assertThat(unlockedBehind(MAXIMUM_LAG + 1).decision().rule()).isEqualTo("NotACandidate");
        assertThat(unlockedBehind(MAXIMUM_LAG + 1).decision().reason()).contains("maximum_lag_on_failover");
    }

    @Test
    void anotherExactlyAtMaximumLagCanTakeOverAndOneByteBehindCannot() {
        Cases slow = startingFor(Duration.ofSeconds(400)).leaderAt(Cases.HERE);
        assertThat(slow.decisionAfter(Cases.lockHeld(), answerBehind(MAXIMUM_LAG))
                        .action())
                .isEqualTo(new Action.Fence());
        assertThat(slow.decisionAfter(Cases.lockHeld(), answerBehind(MAXIMUM_LAG + 1))
                        .reason())
                .contains("nobody can take over: b: it lags by " + (MAXIMUM_LAG + 1) + " bytes");
    }

    @Test
    void withCheckTimelineAnOldTimelineNeverRaces() {
        Cases old = Cases.aReplica().unlocked().historyOf(2);
        old.settings(settings().checkTimeline(true).build());
        old.remembering(old.memory().toBuilder()
                .leaderlessSince(Optional.of(Cases.now().minus(Duration.ofDays(1))))
                .build());
        assertThat(old.decision().rule()).isEqualTo("NotACandidate");
        assertThat(old.decision().reason()).contains("check_timeline");
        Cases current = Cases.aReplica().unlocked();
        current.settings(settings().checkTimeline(true).build());
        assertThat(current.action()).isInstanceOf(Action.AskPeers.class);
    }

    /** The primary waits for its slow start rather than hand over to one who would not take the lock. */
    @Test
    void withCheckTimelineAMemberOfAnOldTimelineCannotTakeOver() {
        Cases slow = startingFor(Duration.ofSeconds(400)).historyOf(2);
        assertThat(slow.decisionAfter(Cases.lockHeld(), answerBehind(0)).action())
                .isEqualTo(new Action.Fence());
        slow.settings(settings().checkTimeline(true).build());
        assertThat(slow.decisionAfter(Cases.lockHeld(), answerBehind(0)).reason())
                .contains("nobody can take over: b: it is on timeline 1");
    }

    @Test
    void primaryStartTimeoutIsOverExactlyThen() {
        assertThat(startingFor(Duration.ofMillis(299_999))
                        .decisionAfter(Cases.lockHeld())
                        .rule())
                .isEqualTo("Busy");
        assertThat(startingFor(Duration.ofMinutes(5))
                        .decisionAfter(Cases.lockHeld())
                        .action())
                .isInstanceOf(Action.AskPeers.class);
    }

    @Test
    void primaryStartTimeoutZeroGivesUpAtOnceButOnlyForSomebody() {
        Cases crashed = Cases.aLeader().crashedAsPrimary().leaderAt(Cases.HERE);
        crashed.settings(settings().primaryStartTimeout(Duration.ZERO).build());
        crashed.remembering(crashed.memory().toBuilder().wasPrimary(true).build());
        assertThat(crashed.action()).isInstanceOf(Action.AskPeers.class);
        assertThat(crashed.decisionAfter(answerBehind(MAXIMUM_LAG)).action()).isInstanceOf(Action.ReleaseLock.class);
        assertThat(crashed.decisionAfter(answerBehind(MAXIMUM_LAG + 1)).action())
                .isEqualTo(new Action.RenewLock());
        assertThat(crashed.decisionAfter(answerBehind(MAXIMUM_LAG + 1), Cases.lockHeld())
                        .action())
                .isEqualTo(new Action.StartAsPrimary());
    }

    @Test
    void aFailedPrePromoteKeepsTheNodeFromTheRaceForOneTtl() {
        Cases refused = Cases.aReplica().ledBy("a").finished(JobKind.PROMOTE, false);
        assertThat(refused.decisionAfter(Cases.lockHeld()).action()).isInstanceOf(Action.ReleaseLock.class);
        assertThat(unlockedHeldBackFor(Duration.ofMillis(1)).decision().rule()).isEqualTo("NotACandidate");
        assertThat(unlockedHeldBackFor(Duration.ZERO).action()).isInstanceOf(Action.AskPeers.class);
    }

    private static Cases unlockedHeldBackFor(Duration left) {
        Cases node = Cases.aReplica().unlocked();
        return node.remembering(
                node.memory().toBuilder().noRaceUntil(Cases.now().plus(left)).build());
    }

    private static Cases unlockedBehind(long bytes) {
        return Cases.aReplica().unlocked().leaderAt(new Lsn(Cases.HERE.bytes() + bytes));
    }

    private static Cases startingFor(Duration age) {
        return Cases.aLeader().crashedAsPrimary().runningSince(JobKind.START_PRIMARY, age);
    }

    private static Outcome answerBehind(long bytes) {
        return new Outcome.PeersAnswered(List.of(Cases.peer("b", new Lsn(Cases.HERE.bytes() - bytes))));
    }

    private static HaSettingsBuilder settings() {
        return HaSettings.defaults("a", "demo").toBuilder();
    }
}
