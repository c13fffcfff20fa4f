package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** In pause the candidate that has the lock is promoted. */
public final class CandidateIsPromotedInPause implements Rule {
    @Override
    public String says() {
        return "In pause the candidate that has the lock is promoted.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.paused()
                        && !situation.inStandbyCluster()
                        && situation.lockKeyIsMine()
                        && situation.lockRenewed()
                        && situation.lockProvenForLong()
                        && situation.local().runsAsStandby()
                        && Maintenance.iAmChosen(situation)
                ? Decision.of(
                        this, situation, new Action.Promote(), "this node was chosen to lead and the lock is ours")
                : Optional.empty();
    }
}
