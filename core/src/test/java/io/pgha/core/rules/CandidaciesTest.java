package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Outcome;
import io.pgha.core.decide.Situation;
import io.pgha.core.event.Candidacies;
import io.pgha.core.event.Candidacy;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The record of an election names everybody, and why each could not lead. */
class CandidaciesTest {
    private static PeerAnswer standby(String name, Tags tags, boolean watchdogFailed) {
        return new PeerAnswer(name, true, true, Cases.HERE, Timeline.FIRST, tags, watchdogFailed, Optional.empty());
    }

    private static List<Candidacy> after(PeerAnswer... peers) {
        Situation before = Cases.aReplica().unlocked().situation();
        return Candidacies.of(before.after(new Outcome.PeersAnswered(List.of(peers)), before.memory(), before.now()));
    }

    @Test
    void whoeverWasNotAskedIsNotRecorded() {
        assertThat(Candidacies.of(Cases.aReplica().unlocked().situation())).isEmpty();
    }

    @Test
    void everybodyIsNamedWithTheReason() {
        List<Candidacy> all = after(
                PeerAnswer.unreachable("b", "connection refused"),
                Cases.peer("c", new Lsn(1)),
                standby("d", new Tags(Map.of("nofailover", true)), false),
                standby("e", Tags.NONE, true),
                new PeerAnswer("f", true, false, Cases.HERE, Timeline.FIRST, Tags.NONE, false, Optional.empty()),
                standby("g", Tags.NONE, false));
        assertThat(all).extracting(Candidacy::member).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(all).extracting(Candidacy::fit).containsExactly(false, false, false, false, false, false, true);
        assertThat(all.get(0).reason()).isEqualTo("f runs as primary");
        assertThat(all.get(1).reason()).isEqualTo("it does not answer: connection refused");
        assertThat(all.get(2).reason()).contains("99999999 bytes behind the last leader's");
        assertThat(all.get(3).reason()).isEqualTo("it is tagged nofailover");
        assertThat(all.get(4).reason()).contains("watchdog");
        assertThat(all.get(5).reason()).isEqualTo("it runs as primary");
        assertThat(all.get(6).reason()).contains("on timeline 1");
    }

    @Test
    void theWinnerIsFit() {
        assertThat(after(PeerAnswer.unreachable("b", "timed out")).get(0).fit()).isTrue();
    }

    @Test
    void inASwitchoverTheRowSaysWhoDoesNotStream() {
        Cases leader = Cases.aLeader().asked(Optional.of("a"), Optional.empty(), Optional.empty());
        Situation asked = leader.situation();
        Situation heard = asked.after(
                new Outcome.PeersAnswered(List.of(standby("g", Tags.NONE, false))), asked.memory(), asked.now());
        assertThat(Candidacies.of(heard)).singleElement().satisfies(row -> {
            assertThat(row.fit()).isFalse();
            assertThat(row.reason()).startsWith("it does not stream from this primary");
        });
        Outcome answers = new Outcome.PeersAnswered(List.of(standby("g", Tags.NONE, false)));
        assertThat(leader.decisionAfter(Cases.lockHeld(), answers).reason()).endsWith("not streaming: g");
    }
}
