package io.pgha.core.rules.leaderless;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** Nobody leads: the others are asked how far they are. */
public final class AskBeforeRacing implements Rule {
    @Override
    public String says() {
        return "Nobody leads: the others are asked how far they are.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.unlocked() && situation.peers().isEmpty()
                ? Decision.of(
                        this,
                        situation,
                        new Action.AskPeers(Candidates.voters(situation)),
                        "nobody leads: asking the others how far they are")
                : Optional.empty();
    }
}
