package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** In pause nothing is done when the DCS does not answer: a primary runs on, with the lock or without. */
public final class OutageInPause implements Rule {
    @Override
    public String says() {
        return "In pause nothing is done when the DCS does not answer: a primary runs on, with the lock or without.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.paused() && !situation.dcsSeen()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        "the DCS cannot be read, and nothing is done about it in pause: " + situation.dcsTrouble())
                : Optional.empty();
    }
}
