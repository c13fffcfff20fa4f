package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** PostgreSQL is down and the last attempt failed: the node waits before it tries again. */
public final class DownForNow implements Rule {
    @Override
    public String says() {
        return "PostgreSQL is down and the last attempt failed: the node waits before it tries again.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.local().postmasterRuns()
                ? Optional.empty()
                : Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        "PostgreSQL is down, the next attempt comes after loop_wait: "
                                + situation
                                        .memory()
                                        .rewindTrouble()
                                        .or(() -> situation.local().complaint())
                                        .orElse("the last one failed, see the log"));
    }
}
