package io.pgha.core.rules.bootstrap;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobStatus;
import java.util.Optional;

/** The initialisation failed: everything is taken back and the agent ends. */
public final class BootstrapFailed implements Rule {
    @Override
    public String says() {
        return "The initialisation failed: everything is taken back and the agent ends.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.memory().bootstrap() == BootstrapPhase.FAILED
                ? Decision.of(
                        this,
                        situation.memory().withBootstrap(BootstrapPhase.NONE),
                        new Action.AbandonBootstrap(),
                        "initialising the cluster failed: "
                                + situation
                                        .job()
                                        .finished()
                                        .map(JobStatus.Finished::message)
                                        .orElse("it was cut short"))
                : Optional.empty();
    }
}
