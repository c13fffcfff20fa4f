package io.pgha.core.rules.data;

import io.pgha.core.action.Action;
import io.pgha.core.decide.CloneSource;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.DataDirectory;
import java.util.Optional;

/** There is no data here and somebody leads: a replica is made. */
public final class CopyFromLeader implements Rule {
    @Override
    public String says() {
        return "There is no data here and somebody leads: a replica is made.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (situation.local().dataDirectory() != DataDirectory.EMPTY
                || !situation.lockedByAnother()
                || !situation.mayRetry()) {
            return Optional.empty();
        }
        return CloneSource.of(situation)
                .flatMap(source -> Decision.of(
                        this,
                        situation,
                        new Action.CreateReplica(Optional.of(source)),
                        "there is no data here: copying from " + source.name()));
    }
}
