package io.pgha.core.rules.operator;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Reinitializing;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** A new copy was ordered where none can or may be made (no leader, the leader itself, data of a stranger): refused. */
public final class ReinitializeRefused implements Rule {
    @Override
    public String says() {
        return "A new copy was ordered where none can or may be made (no leader, the leader itself, data of a stranger): refused.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (situation.orders().operator().reinitialize().isEmpty() || situation.usurps()) {
            return Optional.empty();
        }
        return Reinitializing.obstacle(situation)
                .flatMap(why -> Decision.of(
                        this,
                        situation,
                        new Action.RefuseOrder(Action.OrderKind.REINITIALIZE, why),
                        "the ordered new copy is refused: " + why));
    }
}
