package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/** The race to initialise a standby cluster is won: the server that it follows is copied. */
public final class StandbyClusterBegins implements Rule {
    @Override
    public String says() {
        return "The race to initialise a standby cluster is won: the server that it follows is copied.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = situation.inStandbyCluster() && situation.memory().bootstrap() == BootstrapPhase.CREATING;
        return due
                ? Decision.of(
                        this,
                        situation,
                        new Action.BootstrapStandby(situation.remote()),
                        "this node initialises the standby cluster, from "
                                + situation
                                        .remote()
                                        .map(Upstream::connUrl)
                                        .orElse("a replica method that needs no source"))
                : Optional.empty();
    }
}
