package io.pgha.core.rules.switchover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.FailoverRequest;
import java.util.Optional;

/** Nobody leads and the request names another member, or wants this one out: whoever is able goes first. */
public final class ChosenCandidateGoesFirst implements Rule {
    @Override
    public String says() {
        return "Nobody leads and the request names another member, or wants this one out: whoever is able goes first.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        Optional<FailoverRequest> request = Handover.due(situation);
        if (!situation.unlocked() || request.isEmpty() || situation.peers().isEmpty()) {
            return Optional.empty();
        }
        boolean outgoing = request.get().leader().filter(situation.me()::equals).isPresent();
        return situation.peers().get().stream()
                .filter(Candidates::mayLead)
                .filter(peer -> Handover.isManual(request.get())
                        || Candidates.electorate(situation).names(peer.name()))
                .filter(peer -> outgoing
                        || request.get().candidate().filter(peer.name()::equals).isPresent())
                .findFirst()
                .flatMap(peer -> Decision.of(
                        this, situation, new Action.Wait(), "nobody leads and " + peer.name() + " is to take over"));
    }
}
