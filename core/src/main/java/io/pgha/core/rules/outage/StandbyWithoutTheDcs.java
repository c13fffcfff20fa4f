package io.pgha.core.rules.outage;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The DCS does not answer and PostgreSQL is down: it is started as a standby, which takes no writes. */
public final class StandbyWithoutTheDcs implements Rule {
    @Override
    public String says() {
        return "The DCS does not answer and PostgreSQL is down: it is started as a standby, which takes no writes.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean idle = !situation.dcsSeen()
                && !situation.job().isRunning()
                && !situation.orders().shutDown()
                && situation.memory().joined()
                && situation.hasData()
                && !situation.local().postmasterRuns();
        return idle && situation.mayRetry() && situation.memory().bootstrap() == BootstrapPhase.NONE
                ? Decision.of(
                        this,
                        situation,
                        new Action.StartAsStandby(Optional.empty()),
                        "PostgreSQL is down and the DCS cannot be read: starting it as a standby that takes no writes")
                : Optional.empty();
    }
}
