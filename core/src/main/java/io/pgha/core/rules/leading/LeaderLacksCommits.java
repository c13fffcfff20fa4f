package io.pgha.core.rules.leading;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** The holder of the lock is a standby that may lack acknowledged commits: the lock is given up. */
public final class LeaderLacksCommits implements Rule {
    @Override
    public String says() {
        return "The holder of the lock is a standby that may lack acknowledged commits: the lock is given up.";
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
        return Candidates.electorate(situation)
                .objection(situation.me())
                .flatMap(why -> Decision.of(
                        this,
                        situation,
                        new Action.ReleaseLock(Optional.empty()),
                        "the leader lock is ours, but " + why));
    }
}
