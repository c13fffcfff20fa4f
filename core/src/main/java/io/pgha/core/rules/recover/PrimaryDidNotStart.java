package io.pgha.core.rules.recover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Member;
import java.util.List;
import java.util.Optional;

/**
 * The crashed primary could not be started again, or is not to be waited for and another member can take over: the lock is given
 * up.
 */
public final class PrimaryDidNotStart implements Rule {
    @Override
    public String says() {
        return "The crashed primary could not be started again, or is not to be waited for and another member can take over: the lock is given up.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean down = !situation.local().postmasterRuns() && situation.lockKeyIsMine();
        if (!down || !situation.renewalUntried()) {
            return Optional.empty();
        }
        if (situation.memory().primaryStartFailed()) {
            return Decision.of(
                    this,
                    situation.memory().toBuilder()
                            .primaryStartFailed(false)
                            .wasPrimary(false)
                            .build(),
                    new Action.ReleaseLock(Optional.empty()),
                    "PostgreSQL did not start as primary again");
        }
        return situation.settings().primaryStartTimeout().isZero()
                        && situation.memory().wasPrimary()
                ? insteadOfWaiting(situation)
                : Optional.empty();
    }

    /** Given up only for somebody: without anybody who could take over it would only be down longer (facts §5.7). */
    private Optional<Decision> insteadOfWaiting(Situation situation) {
        if (situation.peers().isEmpty()) {
            List<Member> others = Candidates.others(situation);
            return others.isEmpty()
                    ? Optional.empty()
                    : Decision.of(
                            this,
                            situation,
                            new Action.AskPeers(others),
                            "PostgreSQL crashed and primary_start_timeout is 0: who could take over?");
        }
        return Candidates.successor(situation, situation.peers().get())
                .flatMap(peer -> Decision.of(
                        this,
                        situation.memory().toBuilder().wasPrimary(false).build(),
                        new Action.ReleaseLock(Optional.empty()),
                        "PostgreSQL crashed, primary_start_timeout is 0, and " + peer.name() + " can take over"));
    }
}
