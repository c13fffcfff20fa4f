package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.PeerAnswer;
import java.util.Optional;

/** The standby leader is asked to hand over: it gives up the lock as it runs, if a candidate is able to take
 * it. */
public final class StandbyLeaderHandsOver implements Rule {
    @Override
    public String says() {
        return "The standby leader is asked to hand over: it gives up the lock as it runs, if a candidate is able to take it.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean leads = situation.inStandbyCluster()
                && situation.lockKeyIsMine()
                && situation.lockRenewed()
                && situation.local().runsAsStandby();
        Optional<FailoverRequest> request = Handover.request(situation).filter(any -> leads);
        if (request.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> flaw = Handover.flaw(situation, request.get());
        if (flaw.isPresent()) {
            return clear(situation, request.get(), Handover.whyCleared(situation, request.get(), flaw.get()));
        }
        return Handover.due(situation).flatMap(due -> handOver(situation, due));
    }

    private Optional<Decision> handOver(Situation situation, FailoverRequest request) {
        if (situation.peers().isEmpty()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.AskPeers(Handover.candidates(situation, request)),
                    "asked to hand over: who is able to take over?");
        }
        Optional<PeerAnswer> able = Handover.able(situation, situation.peers().get());
        return able.isPresent()
                ? Decision.of(
                        this,
                        situation,
                        new Action.ReleaseLock(situation.walPosition()),
                        "handing over: " + able.get().name() + " can take over")
                : clear(situation, request, "asked to hand over, but no candidate can take over");
    }

    private Optional<Decision> clear(Situation situation, FailoverRequest request, String why) {
        return Decision.of(this, situation, new Action.ClearFailover(request.modRevision()), why);
    }
}
