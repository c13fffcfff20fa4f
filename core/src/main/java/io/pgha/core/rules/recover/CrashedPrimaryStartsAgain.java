package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/**
 * The holder of a proven lock starts its crashed primary on its timeline, as one whose agent saw it run: one that died with its
 * machine may have lost the end of its WAL, and others may have it (facts §5.7 rule 2: "my state crashed").
 */
public final class CrashedPrimaryStartsAgain implements Rule {
    @Override
    public String says() {
        return "The holder of a proven lock starts its crashed primary, which it has seen running, on its timeline.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean mine = !situation.local().postmasterRuns()
                && situation.memory().joined()
                && situation.lockRenewed()
                && situation.lockProvenForLong();
        boolean leftAsPrimary = !situation.local().standbySignal()
                && !situation.local().backupLabel()
                && situation
                        .local()
                        .control()
                        .filter(control -> control.state().leftAsPrimary()
                                && !situation.view().timeline().isAfter(control.checkpointTimeline()))
                        .isPresent();
        return mine && leftAsPrimary
                ? Decision.of(
                        this,
                        situation,
                        new Action.StartAsPrimary(),
                        "PostgreSQL is down ("
                                + situation
                                        .local()
                                        .control()
                                        .map(c -> c.state().text())
                                        .orElse("") + ") and the leader lock is ours: starting it again")
                : Optional.empty();
    }
}
