package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.election.Electorate;
import io.pgha.core.election.Verdict;
import io.pgha.core.model.PeerAnswer;
import java.util.Optional;

/** In pause only the candidate that a failover names takes the lock, unless a primary still runs. */
public final class CandidateTakesLockInPause implements Rule {
    @Override
    public String says() {
        return "In pause only the candidate that a failover names takes the lock, unless a primary still runs.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean chosen = situation.paused()
                && situation.unlocked()
                && situation.renewalUntried()
                && situation.local().runsAsStandby()
                && !situation.settings().tags().nofailover()
                && !Candidates.isLeftOutOfFailsafe(situation)
                && !situation.holdsBack()
                && Maintenance.iAmChosen(situation);
        if (!chosen) {
            return Optional.empty();
        }
        if (situation.peers().isEmpty()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.AskPeers(Candidates.everybody(situation)),
                    "this node was chosen to take over in pause: does a primary still run?");
        }
        Optional<PeerAnswer> primary = situation.peers().get().stream()
                .filter(peer -> peer.reachable() && !peer.inRecovery())
                .findFirst();
        Optional<String> lacking = primary.isPresent() ? Optional.empty() : lacksCommits(situation);
        if (lacking.isPresent()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.Wait(),
                    "this node was chosen to take over, but it may lack acknowledged commits: " + lacking.get());
        }
        return primary.isPresent()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        "this node was chosen to take over, but "
                                + primary.get().name() + " still runs as primary and is not fenced in pause")
                : Decision.of(this, situation, new Action.AcquireLock(), "nobody leads and this node was chosen");
    }

    /**
     * A failover is the operator's own risk. A switchover loses nothing that was acknowledged: where the key sync makes a
     * promise and the old leader went without handing over, a comparison has to tell, as it does outside of a pause.
     */
    private static Optional<String> lacksCommits(Situation situation) {
        Electorate electorate = Candidates.electorate(situation);
        boolean manual =
                Maintenance.request(situation).filter(Handover::isManual).isPresent();
        boolean named = !electorate.byVotes() && electorate.names(situation.me());
        if (manual || named || electorate.promise().isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = Candidates.judge(situation, situation.peers().orElseThrow());
        return verdict.fit() ? Optional.empty() : Optional.of(verdict.reason());
    }
}
