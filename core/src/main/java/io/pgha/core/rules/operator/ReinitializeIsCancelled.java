package io.pgha.core.rules.operator;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import java.util.Optional;

/** The new copy that is being made is not wanted any more, or nobody has led for a ttl and the old data may be needed: the
 * Job is cancelled, and puts the old data back. */
public final class ReinitializeIsCancelled implements Rule {
    @Override
    public String says() {
        return "The new copy that is being made is not wanted any more, or nobody has led for a ttl and the old data may be needed: the Job is cancelled, and puts the old data back.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.job().isRunning(JobKind.REINITIALIZE)) {
            return Optional.empty();
        }
        if (situation.orders().operator().cancelReinitialize()) {
            return Decision.of(this, situation, new Action.CancelJob(), "an operator gave the new copy up");
        }
        return situation.unlocked() && situation.leaderlessForTtl()
                ? Decision.of(
                        this,
                        situation,
                        new Action.CancelJob(),
                        "nobody has led for a ttl: the old data may be needed more than a new copy")
                : Optional.empty();
    }
}
