package io.pgha.core.rules.data;

import io.pgha.core.action.Action;
import io.pgha.core.decide.CloneSource;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** There is no data here and somebody leads: a replica is made. */
public final class CopyFromLeader implements Rule {
    @Override
    public String says() {
        return "There is no data here and somebody leads: a replica is made.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.local().dataDirectory().takesCopy() || !situation.lockedByAnother() || !situation.mayRetry()) {
            return Optional.empty();
        }
        return CloneSource.of(situation)
                .flatMap(source -> Decision.of(
                        this,
                        situation,
                        new Action.CreateReplica(Optional.of(source)),
                        situation.whyACopy() + ": copying from " + source.name()));
    }
}
