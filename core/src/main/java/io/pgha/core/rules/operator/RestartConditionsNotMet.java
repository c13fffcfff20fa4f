package io.pgha.core.rules.operator;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Restarting;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** An ordered restart whose conditions do not hold here is refused. */
public final class RestartConditionsNotMet implements Rule {
    @Override
    public String says() {
        return "An ordered restart whose conditions do not hold here is refused.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (situation.usurps()) {
            return Optional.empty();
        }
        return situation
                .orders()
                .operator()
                .restart()
                .flatMap(order -> Restarting.unmet(situation, order))
                .flatMap(why -> Decision.of(
                        this,
                        situation,
                        new Action.RefuseOrder(Action.OrderKind.RESTART, why),
                        "the ordered restart is refused: " + why));
    }
}
