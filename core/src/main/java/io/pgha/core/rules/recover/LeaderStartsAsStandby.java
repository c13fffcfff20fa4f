package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/**
 * The holder of the lock whose data was left by a standby, or by a server that this agent never saw, starts it as a standby, to
 * be promoted. What comes then has a timeline of its own: where others have more of the old one, everybody sees it.
 */
public final class LeaderStartsAsStandby implements Rule {
    @Override
    public String says() {
        return "The holder of the lock whose data was left by a standby, or by a server that this agent never saw running, starts it as a standby, to be promoted.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean found = !situation.memory().joined();
        return !situation.local().postmasterRuns() && situation.lockRenewed() && situation.mayRetry()
                ? Decision.of(
                        this,
                        found ? situation.memory().toBuilder().foundDown(true).build() : situation.memory(),
                        new Action.StartAsStandby(Optional.empty()),
                        found
                                ? "PostgreSQL was down when this agent began: starting it as a standby, then promoting it"
                                : "PostgreSQL is down and was a standby: starting it, then promoting it")
                : Optional.empty();
    }
}
