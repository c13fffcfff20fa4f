package io.pgha.core.rules.outage;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The DCS does not answer, but the lock is proven for some time yet: the primary keeps working and asks again. */
public final class PrimaryHoldsOn implements Rule {
    @Override
    public String says() {
        return "The DCS does not answer, but the lock is proven for some time yet: the primary keeps working and asks again.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return !situation.dcsSeen() && situation.mayTakeWrites() && situation.lockProvenForLong()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        "the DCS cannot be read, the leader lock is still proven: " + situation.dcsTrouble())
                : Optional.empty();
    }
}
