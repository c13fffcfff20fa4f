package io.pgha.core.rules.bootstrap;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The claim to initialise is gone, so another node may be at it: everything is taken back. */
public final class BootstrapClaimLost implements Rule {
    @Override
    public String says() {
        return "The claim to initialise is gone, so another node may be at it: everything is taken back.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean claimed =
                situation.view().initialize().filter(String::isEmpty).isPresent() && !situation.lockedByAnother();
        return situation.memory().bootstrap() != BootstrapPhase.NONE && !claimed && !situation.lockKeyIsMine()
                ? Decision.of(
                        this,
                        situation.memory().withBootstrap(BootstrapPhase.NONE),
                        new Action.AbandonBootstrap(),
                        "the key initialize is not ours any more")
                : Optional.empty();
    }
}
