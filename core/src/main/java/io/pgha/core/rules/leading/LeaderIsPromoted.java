package io.pgha.core.rules.leading;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The holder of the proven lock runs as a standby: it is promoted. */
public final class LeaderIsPromoted implements Rule {
    @Override
    public String says() {
        return "The holder of the proven lock runs as a standby: it is promoted.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.lockKeyIsMine() && situation.local().runsAsStandby() && situation.lockProvenForLong()
                ? Decision.of(
                        this, situation, new Action.Promote(), "the leader lock is ours and PostgreSQL is a standby")
                : Optional.empty();
    }
}
