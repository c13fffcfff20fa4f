package io.pgha.core.rules.leaderless;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.election.Electorate;
import java.util.Optional;

/** PostgreSQL takes writes and nobody holds the lock: a primary of the newest timeline takes it. */
public final class PrimaryWithoutAnyLock implements Rule {
    @Override
    public String says() {
        return "PostgreSQL takes writes and nobody holds the lock: a primary of the newest timeline takes it.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.unlocked() || !situation.local().mayTakeWrites() || !situation.renewalUntried()) {
            return Optional.empty();
        }
        if (!situation.local().runsAsPrimary()) {
            return Decision.of(
                    this, situation, new Action.Wait(), "PostgreSQL does not answer and nobody holds the leader lock");
        }
        Electorate electorate = Candidates.electorate(situation);
        if (electorate.promise().isPresent() && !electorate.isLastLeader(situation.me())) {
            return Decision.of(
                    this,
                    situation,
                    new Action.Fence(),
                    "PostgreSQL runs as primary and the key sync says that "
                            + electorate.promise().get().leader() + " led last");
        }
        return situation.view().timeline().isAfter(situation.timeline())
                ? Decision.of(
                        this,
                        situation,
                        new Action.Fence(),
                        "PostgreSQL runs as primary on timeline " + situation.timeline() + ", the cluster is on "
                                + situation.view().timeline())
                : Decision.of(
                        this,
                        situation,
                        new Action.AcquireLock(),
                        "PostgreSQL runs as primary and nobody holds the leader lock");
    }
}
