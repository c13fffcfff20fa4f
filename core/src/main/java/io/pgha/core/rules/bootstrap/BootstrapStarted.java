package io.pgha.core.rules.bootstrap;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The new cluster was started: roles are created and post_bootstrap is run once it takes writes. */
public final class BootstrapStarted implements Rule {
    @Override
    public String says() {
        return "The new cluster was started: roles are created and post_bootstrap is run once it takes writes.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (situation.memory().bootstrap() != BootstrapPhase.STARTED) {
            return Optional.empty();
        }
        if (situation.local().runsAsPrimary()) {
            return Decision.of(this, situation, new Action.FinishBootstrap(), "the new cluster takes writes");
        }
        return situation.local().postmasterRuns()
                ? Decision.of(this, situation, new Action.Wait(), "the new cluster is still in recovery")
                : Decision.of(
                        this,
                        situation.memory().withBootstrap(BootstrapPhase.FAILED),
                        new Action.Wait(),
                        "the new cluster stopped by itself");
    }
}
