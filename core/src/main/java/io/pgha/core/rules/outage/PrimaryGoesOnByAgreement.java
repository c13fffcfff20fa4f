package io.pgha.core.rules.outage;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.LockRenewal;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The DCS does not answer and every member has promised not to lead: the primary goes on. */
public final class PrimaryGoesOnByAgreement implements Rule {
    @Override
    public String says() {
        return "The DCS does not answer and every member has promised not to lead: the primary goes on.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.renewal() instanceof LockRenewal.Agreed
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        "continue to run as a leader because failsafe mode is enabled and all members are accessible")
                : Optional.empty();
    }
}
