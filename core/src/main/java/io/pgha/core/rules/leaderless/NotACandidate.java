package io.pgha.core.rules.leaderless;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** Nobody leads, and this node may not or cannot take over by itself. */
public final class NotACandidate implements Rule {
    @Override
    public String says() {
        return "Nobody leads, and this node may not or cannot take over by itself.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.unlocked()) {
            return Optional.empty();
        }
        Optional<String> obstacle = Candidates.ownObstacle(situation);
        return obstacle.flatMap(
                why -> Decision.of(this, situation, new Action.Wait(), "nobody leads; this node cannot: " + why));
    }
}
