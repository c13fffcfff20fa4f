package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.FailsafeRound;
import io.pgha.core.model.FailsafeAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A primary without the DCS, facts §5.15. */
class OutageTest {
    private static final Outcome AGREED = new Outcome.FailsafeAgreed(Cases.now().plus(Duration.ofSeconds(30)));
    private static final Outcome REFUSED = new Outcome.FailsafeRefused("c: no answer");

    private static FailsafeRound round(FailsafeAnswer... answers) {
        return new FailsafeRound(Cases.now(), Set.of("a", "b", "c"), List.of(answers));
    }

    private static FailsafeAnswer yes(String name) {
        return FailsafeAnswer.accepted(name, Optional.of(Duration.ofSeconds(20)));
    }

    @Test
    void withoutFailsafeModeNobodyIsAsked() {
        assertThat(Cases.aLeader().dcsUnreachable().decision().rule()).isEqualTo("PrimaryHoldsOn");
    }

    @Test
    void withFailsafeModeAllAreAskedAndThePrimaryGoesOn() {
        Cases cut = Cases.aLeader().dcsUnreachable().inFailsafeMode();
        assertThat(cut.action()).isEqualTo(new Action.AskFailsafe());
        assertThat(cut.decisionAfter(AGREED).rule()).isEqualTo("PrimaryGoesOnByAgreement");
        Cases late = cut.lockProvenFor(Duration.ofSeconds(3));
        assertThat(late.decisionAfter(AGREED).action()).isEqualTo(new Action.Wait());
        assertThat(late.decisionAfter(REFUSED).action()).isEqualTo(new Action.Demote(Action.Parting.HURRIED));
    }

    @Test
    void aRenewalWithoutAnAnswerIsTheSameSilence() {
        Cases leader = Cases.aLeader().inFailsafeMode();
        Outcome silence = new Outcome.LockUncertain("timeout");
        assertThat(leader.decisionAfter(silence).action()).isEqualTo(new Action.AskFailsafe());
        assertThat(leader.decisionAfter(silence, AGREED).rule()).isEqualTo("PrimaryGoesOnByAgreement");
        assertThat(leader.lockProvenFor(Duration.ofSeconds(3))
                        .decisionAfter(silence, REFUSED)
                        .action())
                .isEqualTo(new Action.Demote(Action.Parting.HURRIED));
    }

    @Test
    void aRefusalIsNoSilence() {
        assertThat(Cases.aLeader()
                        .inFailsafeMode()
                        .decisionAfter(new Outcome.LockRefused("held by b"))
                        .action())
                .isEqualTo(new Action.Fence());
    }

    @Test
    void aProofThatHasEndedIsNotProlonged() {
        assertThat(Cases.aLeader()
                        .dcsUnreachable()
                        .inFailsafeMode()
                        .lockProvenFor(Duration.ofMillis(-1))
                        .action())
                .isEqualTo(new Action.Demote(Action.Parting.HURRIED));
    }

    @Test
    void onlyThePromiseOfEverybodyElseIsAProof() {
        assertThat(round(yes("b"), yes("c")).proves("a")).isTrue();
        assertThat(round(yes("b")).objection("a")).contains("c: it was not asked");
        assertThat(round(yes("b"), yes("a"), yes("d")).proves("a")).isFalse();
        assertThat(round(yes("b"), FailsafeAnswer.refused("c", "timed out")).objection("a"))
                .contains("c: timed out");
        assertThat(round(yes("b"), yes("c")).proves("x")).isFalse();
        assertThat(new FailsafeRound(Cases.now(), Set.of("a"), List.of()).proves("a"))
                .isTrue();
    }

    @Test
    void aProofLastsNoLongerThanAPromise() {
        Duration ttl = Duration.ofSeconds(30);
        assertThat(round(yes("b"), yes("c")).validFor(ttl)).isEqualTo(Duration.ofSeconds(20));
        assertThat(round(FailsafeAnswer.accepted("b", Optional.empty())).validFor(ttl))
                .isEqualTo(ttl);
    }
}
