package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import java.util.Optional;

/** While the primary of a cluster that became a standby cluster stops, it keeps the lock: it leads on, as the
 * standby leader. */
public final class LockKeptWhileDemoting implements Rule {
    @Override
    public String says() {
        return "While the primary of a cluster that became a standby cluster stops, it keeps the lock: it leads on, as the standby leader.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = situation.inStandbyCluster()
                && situation.dcsSeen()
                && situation.job().isRunning(JobKind.DEMOTE)
                && !situation.memory().handingOver()
                && !situation.orders().shutDown()
                && situation.lockKeyIsMine()
                && situation.renewalUntried();
        return due
                ? Decision.of(
                        this,
                        situation,
                        new Action.RenewLock(),
                        "PostgreSQL stops to become the standby leader, and the leader lock is ours")
                : Optional.empty();
    }
}
