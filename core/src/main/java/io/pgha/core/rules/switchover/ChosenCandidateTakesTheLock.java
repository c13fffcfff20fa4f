package io.pgha.core.rules.switchover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.election.Electorate;
import io.pgha.core.model.FailoverRequest;
import java.util.Optional;

/** Nobody leads and the request names this node: it takes the lock. */
public final class ChosenCandidateTakesTheLock implements Rule {
    @Override
    public String says() {
        return "Nobody leads and the request names this node: it takes the lock.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean chosen = situation.unlocked()
                && situation.renewalUntried()
                && situation.local().runsAsStandby()
                && !situation.settings().tags().nofailover()
                && !Candidates.isLeftOutOfFailsafe(situation)
                && !situation.holdsBack()
                && Handover.due(situation)
                        .filter(request -> Handover.isManual(request) || mayGoWithoutComparing(situation))
                        .flatMap(FailoverRequest::candidate)
                        .filter(situation.me()::equals)
                        .isPresent();
        return chosen
                ? Decision.of(this, situation, new Action.AcquireLock(), "nobody leads and this node was chosen")
                : Optional.empty();
    }

    /**
     * A candidate that the key sync names has every acknowledged commit, unless the key asks for votes: the old leader may
     * have died before it could hand over, and then only a comparison tells.
     */
    private static boolean mayGoWithoutComparing(Situation situation) {
        Electorate electorate = Candidates.electorate(situation);
        return !electorate.byVotes() && electorate.names(situation.me());
    }
}
