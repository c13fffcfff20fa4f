package io.pgha.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Situation;
import org.junit.jupiter.api.Test;

/** A claim to initialise whose answer is lost: it may stand, and stands for as long as this node lives. */
class BootstrapClaimTest {
    @Test
    void itIsMadeAgainUntilTheDcsSaysWhoseItIs() {
        Cases empty = Cases.anEmptyNode().neverInitialized();
        Situation situation = empty.situation();
        Situation unsure = situation.after(
                new Outcome.InitializeUncertain("timed out"), empty.decision().memory(), Cases.now());
        assertThat(unsure.memory().claimUnsure()).isTrue();

        Cases claimed = Cases.anEmptyNode().neverInitialized().initialize("").remembering(unsure.memory());
        assertThat(claimed.action()).isEqualTo(new Action.RaceToInitialize());
        assertThat(claimed.decision().reason()).contains("claiming again");
        assertThat(claimed.decision().memory().claimUnsure()).isFalse();
        assertThat(claimed.situation()
                        .after(new Outcome.InitializeWon(), claimed.decision().memory(), Cases.now())
                        .memory()
                        .bootstrap())
                .isEqualTo(BootstrapPhase.CREATING);
    }

    @Test
    void anothersClaimIsLeftAlone() {
        assertThat(Cases.anEmptyNode().unlocked().initialize("").decision().rule())
                .isEqualTo("NoDataYet");
        Cases made = Cases.anEmptyNode().unlocked().initialize(Cases.SYSTEM);
        assertThat(made.remembering(made.memory().toBuilder().claimUnsure(true).build())
                        .decision()
                        .rule())
                .isEqualTo("NoDataYet");
    }
}
