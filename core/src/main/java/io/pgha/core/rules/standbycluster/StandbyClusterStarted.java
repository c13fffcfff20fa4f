package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The new standby cluster has its first standby: it is published, and this node takes the lock. */
public final class StandbyClusterStarted implements Rule {
    @Override
    public String says() {
        return "The new standby cluster has its first standby: it is published, and this node takes the lock.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        BootstrapPhase phase = situation.memory().bootstrap();
        boolean started = phase == BootstrapPhase.STARTED || phase == BootstrapPhase.READY;
        if (!situation.inStandbyCluster() || !started || situation.local().runsAsPrimary()) {
            return Optional.empty();
        }
        Optional<String> id = situation
                .local()
                .systemIdentifier()
                .filter(any -> situation.local().runsAsStandby());
        if (id.isPresent()) {
            return Decision.of(
                    this,
                    situation.memory().withBootstrap(BootstrapPhase.READY),
                    new Action.PublishBootstrap(id.get()),
                    "the copy runs as a standby of the cluster " + id.get());
        }
        return situation.local().postmasterRuns()
                ? Decision.of(this, situation, new Action.Wait(), "the copy does not answer yet")
                : Decision.of(
                        this,
                        situation.memory().withBootstrap(BootstrapPhase.FAILED),
                        new Action.Wait(),
                        "the copy stopped by itself");
    }
}
