package io.pgha.core.rules.leading;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.election.Verdict;
import java.util.Optional;

/**
 * The lock is ours from before our machine died with PostgreSQL. A disk that lies has lost what it had flushed, and whoever else
 * has it is the better leader: the others are asked as before a race.
 */
public final class LeaderMayLackWal implements Rule {
    @Override
    public String says() {
        return "The holder of the lock found its PostgreSQL down, which may have lost WAL with its machine: it is compared with the others before it is promoted, and the lock is given up if one of them is ahead.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean ordered = Handover.request(situation)
                .filter(Handover::isManual)
                .flatMap(request -> request.candidate())
                .filter(situation.me()::equals)
                .isPresent();
        boolean unsure = situation.lockKeyIsMine()
                && situation.local().runsAsStandby()
                && situation.memory().foundDown()
                && !ordered;
        if (!unsure) {
            return Optional.empty();
        }
        if (situation.peers().isEmpty()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.AskPeers(Candidates.voters(situation)),
                    "the leader lock is ours from before PostgreSQL went down: asking the others how far they are");
        }
        Verdict verdict = Candidates.judge(situation, situation.peers().get());
        return verdict.fit()
                ? Optional.empty()
                : Decision.of(
                        this,
                        situation.memory().toBuilder().foundDown(false).build(),
                        new Action.ReleaseLock(Optional.empty()),
                        "the leader lock is ours from before PostgreSQL went down, but " + verdict.reason());
    }
}
