package io.pgha.core.rules.leaderless;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.election.Verdict;
import java.util.Optional;

/** Nobody leads and no member that answered is ahead: this node takes the lock. */
public final class HealthiestTakesTheLock implements Rule {
    @Override
    public String says() {
        return "Nobody leads and no member that answered is ahead: this node takes the lock.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.unlocked() || situation.peers().isEmpty() || !situation.renewalUntried()) {
            return Optional.empty();
        }
        Verdict verdict = Candidates.judge(situation, situation.peers().get());
        return Decision.of(
                this,
                situation,
                verdict.fit() ? new Action.AcquireLock() : new Action.Wait(),
                (verdict.fit() ? "this node can take over: " : "this node does not take over: ") + verdict.reason());
    }
}
