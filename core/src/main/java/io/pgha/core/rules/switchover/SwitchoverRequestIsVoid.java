package io.pgha.core.rules.switchover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The leader finds a request that it cannot obey, ever: it is cleared. */
public final class SwitchoverRequestIsVoid implements Rule {
    @Override
    public String says() {
        return "The leader finds a request that it cannot obey, ever: it is cleared.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean leads = situation.lockKeyIsMine()
                && situation.lockRenewed()
                && situation.local().runsAsPrimary();
        return Handover.request(situation)
                .filter(request -> leads)
                .flatMap(request -> Handover.flaw(situation, request)
                        .flatMap(flaw -> Decision.of(
                                this,
                                situation,
                                new Action.ClearFailover(request.modRevision()),
                                Handover.whyCleared(situation, request, flaw))));
    }
}
