package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/** The holder of the lock of a standby cluster starts its PostgreSQL as a standby of the other cluster,
 * whatever it was before. */
public final class StandbyLeaderStarts implements Rule {
    @Override
    public String says() {
        return "The holder of the lock of a standby cluster starts its PostgreSQL as a standby of the other cluster, whatever it was before.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = situation.inStandbyCluster() && !situation.local().postmasterRuns() && situation.lockRenewed();
        if (!due) {
            return Optional.empty();
        }
        return situation.mayRetry()
                ? Decision.of(
                        this,
                        situation,
                        new Action.StartAsStandby(situation.upstream()),
                        "PostgreSQL is down: starting it as the standby leader, following "
                                + situation.upstream().map(Upstream::connUrl).orElse("the archive"))
                : Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        "PostgreSQL is down and the last attempt to start it failed");
    }
}
