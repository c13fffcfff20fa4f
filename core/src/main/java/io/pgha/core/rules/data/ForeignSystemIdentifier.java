package io.pgha.core.rules.data;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.ForeignData;
import java.util.Optional;

/** The data belongs to another cluster than the one in the DCS: the agent ends and touches nothing. */
public final class ForeignSystemIdentifier implements Rule {
    @Override
    public String says() {
        return "The data belongs to another cluster than the one in the DCS: the agent ends and touches nothing.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return ForeignData.of(situation.view(), situation.local().systemIdentifier())
                .flatMap(mine -> Decision.of(
                        this,
                        situation,
                        new Action.Exit(1),
                        "the data directory belongs to the cluster with system identifier " + mine + ", the DCS says "
                                + situation.view().systemIdentifier().orElse("")
                                + ": check scope, namespace and data_dir, or empty the data directory to join"));
    }
}
