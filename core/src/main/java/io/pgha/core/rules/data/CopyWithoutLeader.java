package io.pgha.core.rules.data;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** There is no data here and nobody leads, but a replica method needs no leader. */
public final class CopyWithoutLeader implements Rule {
    @Override
    public String says() {
        return "There is no data here and nobody leads, but a replica method needs no leader.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.local().dataDirectory().takesCopy()
                        && situation.unlocked()
                        && situation.settings().leaderlessReplicaMethod()
                        && situation
                                .view()
                                .initialize()
                                .filter(value -> !value.isEmpty())
                                .isPresent()
                        && situation.mayRetry()
                ? Decision.of(
                        this,
                        situation,
                        new Action.CreateReplica(Optional.empty()),
                        situation.whyACopy() + ", and no leader: using a replica method that needs none")
                : Optional.empty();
    }
}
