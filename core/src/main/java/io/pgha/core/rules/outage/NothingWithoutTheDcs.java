package io.pgha.core.rules.outage;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** Without the DCS nothing else is decided. */
public final class NothingWithoutTheDcs implements Rule {
    @Override
    public String says() {
        return "Without the DCS nothing else is decided.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.dcsSeen()
                ? Optional.empty()
                : Decision.of(this, situation, new Action.Wait(), "the DCS cannot be read: " + situation.dcsTrouble());
    }
}
