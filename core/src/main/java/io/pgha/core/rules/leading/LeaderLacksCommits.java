package io.pgha.core.rules.leading;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.election.Electorate;
import io.pgha.core.election.Verdict;
import java.util.Optional;

/**
 * The holder of the lock is a standby that may lack acknowledged commits. Whoever takes the lock has proved that it lacks none,
 * or an operator ordered a failover to it. But the agent may have died before the promotion, and the order be taken back: where
 * the key {@code sync} asks for votes, they are collected again.
 */
public final class LeaderLacksCommits implements Rule {
    @Override
    public String says() {
        return "The holder of the lock is a standby that may lack acknowledged commits: it is compared with the others where the key sync asks for votes, and the lock is given up if it has no proof.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean ordered = Handover.request(situation)
                .filter(Handover::isManual)
                .flatMap(request -> request.candidate())
                .filter(situation.me()::equals)
                .isPresent();
        if (!situation.lockKeyIsMine() || !situation.local().runsAsStandby() || ordered) {
            return Optional.empty();
        }
        Electorate electorate = Candidates.electorate(situation);
        boolean votes = electorate.byVotes() && !electorate.isLastLeader(situation.me());
        if (votes && situation.peers().isEmpty()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.AskPeers(Candidates.voters(situation)),
                    "the leader lock is ours and the key sync asks for votes: asking the others how far they are");
        }
        Optional<String> lacking = votes ? notProved(situation) : electorate.objection(situation.me());
        return lacking.flatMap(why -> Decision.of(
                this, situation, new Action.ReleaseLock(Optional.empty()), "the leader lock is ours, but " + why));
    }

    private static Optional<String> notProved(Situation situation) {
        Verdict verdict = Candidates.judge(situation, situation.peers().orElseThrow());
        return verdict.fit() ? Optional.empty() : Optional.of(verdict.reason());
    }
}
