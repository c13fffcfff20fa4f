package io.pgha.core.rules.operator;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Restarting;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** A scheduled restart whose time passed, that was meant for an earlier start of the server, or whose conditions do not
 * hold when its time has come, is forgotten. */
public final class ScheduledRestartIsVoid implements Rule {
    @Override
    public String says() {
        return "A scheduled restart whose time passed, that was meant for an earlier start of the server, or whose conditions do not hold when its time has come, is forgotten.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (situation.usurps()) {
            return Optional.empty();
        }
        return situation
                .orders()
                .operator()
                .scheduledRestart()
                .flatMap(restart -> Restarting.flaw(situation, restart))
                .or(() -> Restarting.due(situation).flatMap(due -> Restarting.unmet(situation, due.order())))
                .flatMap(why -> Decision.of(
                        this,
                        situation,
                        new Action.RefuseOrder(Action.OrderKind.SCHEDULED_RESTART, why),
                        "the scheduled restart is forgotten: " + why));
    }
}
