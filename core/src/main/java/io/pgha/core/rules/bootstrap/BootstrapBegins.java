package io.pgha.core.rules.bootstrap;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The race to initialise is won: the new cluster is created. */
public final class BootstrapBegins implements Rule {
    @Override
    public String says() {
        return "The race to initialise is won: the new cluster is created.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.memory().bootstrap() == BootstrapPhase.CREATING
                ? Decision.of(this, situation, new Action.Bootstrap(), "this node initialises the new cluster")
                : Optional.empty();
    }
}
