package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** Before a member of a standby cluster that is down starts, its history is compared with that of the other
 * cluster. */
public final class ComparedWithRemoteBeforeStart implements Rule {
    @Override
    public String says() {
        return "Before a member of a standby cluster that is down starts, its history is compared with that of the other cluster.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = !situation.local().postmasterRuns()
                && !situation.local().backupLabel()
                && (situation.lockRenewed() || situation.lockedByAnother())
                && !situation.memory().comparedWith().equals(situation.comparison())
                && situation.mayRetry();
        return due
                ? situation
                        .remote()
                        .flatMap(remote -> Decision.of(
                                this,
                                situation.comparedNow(),
                                new Action.CheckDivergence(remote),
                                "comparing the local history with that of " + remote.name()))
                : Optional.empty();
    }
}
