package io.pgha.core.rules.bootstrap;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The new cluster is complete: it is published, and this node takes the lock. */
public final class BootstrapPublished implements Rule {
    @Override
    public String says() {
        return "The new cluster is complete: it is published, and this node takes the lock.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (situation.memory().bootstrap() != BootstrapPhase.READY) {
            return Optional.empty();
        }
        return situation
                .local()
                .systemIdentifier()
                .filter(id -> situation.local().runsAsPrimary())
                .map(id -> Decision.of(
                        this, situation, new Action.PublishBootstrap(id), "the new cluster " + id + " is complete"))
                .orElseGet(() -> Decision.of(
                        this,
                        situation.memory().withBootstrap(BootstrapPhase.FAILED),
                        new Action.Wait(),
                        "the new cluster stopped before it was published"));
    }
}
