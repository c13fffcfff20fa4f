package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.DataDirectory;
import java.util.Optional;

/** In pause a data directory that is empty, unusable or of another cluster is left as it is. */
public final class DataLeftAloneInPause implements Rule {
    @Override
    public String says() {
        return "In pause a data directory that is empty, unusable or of another cluster is left as it is.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.paused()) {
            return Optional.empty();
        }
        if (Maintenance.isForeign(situation)) {
            return Decision.of(
                    this,
                    situation,
                    new Action.Wait(),
                    "the data directory belongs to the cluster with system identifier "
                            + situation.local().systemIdentifier().orElse("") + ", the DCS says "
                            + situation.view().systemIdentifier().orElse("")
                            + ": when the pause ends, this agent ends");
        }
        return situation.local().dataDirectory() != DataDirectory.PRESENT
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        situation
                                .local()
                                .complaint()
                                .orElse("there is no data here, and nothing is copied or initialised in pause"))
                : Optional.empty();
    }
}
