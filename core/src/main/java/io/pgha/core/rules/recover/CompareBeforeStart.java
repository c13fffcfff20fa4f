package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/** Before a node that is down follows a leader, its history is compared with the leader's. */
public final class CompareBeforeStart implements Rule {
    @Override
    public String says() {
        return "Before a node that is down follows a leader, its history is compared with the leader's.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = !situation.local().postmasterRuns()
                && situation.lockedByAnother()
                && !situation.local().backupLabel()
                && !situation.memory().comparedWith().equals(situation.comparison())
                && situation.mayRetry();
        return due
                ? situation
                        .leader()
                        .flatMap(Upstream::of)
                        .flatMap(leader -> Decision.of(
                                this,
                                situation.comparedNow(),
                                new Action.CheckDivergence(leader),
                                "comparing the local history with that of " + leader.name()))
                : Optional.empty();
    }
}
