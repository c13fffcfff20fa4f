package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** In pause a switchover without a candidate is refused. */
public final class HandoverRefusedInPause implements Rule {
    @Override
    public String says() {
        return "In pause a switchover without a candidate is refused.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return Handover.request(situation)
                .filter(request -> situation.paused()
                        && situation.lockKeyIsMine()
                        && situation.lockRenewed()
                        && situation.local().runsAsPrimary()
                        && request.scheduledAt().isEmpty()
                        && request.candidate().isEmpty())
                .flatMap(request -> Decision.of(
                        this,
                        situation,
                        new Action.ClearFailover(request.modRevision()),
                        "in pause a switchover needs a candidate"));
    }
}
