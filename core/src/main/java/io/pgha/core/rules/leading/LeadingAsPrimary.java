package io.pgha.core.rules.leading;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The holder of the lock runs as primary: nothing is to be done. */
public final class LeadingAsPrimary implements Rule {
    @Override
    public String says() {
        return "The holder of the lock runs as primary: nothing is to be done.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.lockKeyIsMine()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        situation.local().runsAsPrimary()
                                ? "this is the leader, with the lock"
                                : "the leader lock is ours and PostgreSQL is "
                                        + (situation.isStarting() ? "starting" : "not answering"))
                : Optional.empty();
    }
}
