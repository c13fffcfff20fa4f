package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** A PostgreSQL that is down is started as a standby. */
public final class StartFollowing implements Rule {
    @Override
    public String says() {
        return "A PostgreSQL that is down is started as a standby.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return !situation.local().postmasterRuns() && situation.mayRetry()
                ? Decision.of(
                        this,
                        situation,
                        new Action.StartAsStandby(situation.upstream()),
                        situation
                                .upstream()
                                .map(upstream -> "PostgreSQL is down: starting it as a standby of " + upstream.name())
                                .orElse("PostgreSQL is down and nobody leads: starting it as a standby"))
                : Optional.empty();
    }
}
