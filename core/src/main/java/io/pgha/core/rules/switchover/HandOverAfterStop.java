package io.pgha.core.rules.switchover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL was stopped to hand over: the lock is given up once a candidate proves to have everything, or at once in a
 * manual failover, where the operator answers for what is lost. Patroni gives it up in any case (facts §5.11 "graceful").
 */
public final class HandOverAfterStop implements Rule {
    @Override
    public String says() {
        return "PostgreSQL was stopped to hand over: the lock is given up once a candidate proves to have its last WAL (after a stop at once in synchronous mode: every acknowledged commit); in a manual failover at once.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!Handover.isStopped(situation) || !situation.renewalUntried()) {
            return Optional.empty();
        }
        Optional<Lsn> last = situation.orders().shutdownCheckpoint();
        if (Handover.due(situation).filter(Handover::isManual).isPresent()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.ReleaseLock(last),
                    "PostgreSQL is stopped: the leader lock is free for the candidate of the failover");
        }
        return last.isPresent() ? toWhoHasIt(situation, last.get()) : toASynchronousOne(situation);
    }

    /**
     * After primary_stop_timeout the stop was at once, and nobody knows where the WAL ends. In synchronous mode a member that
     * the election allows has all that was acknowledged; that is why the time counts in that mode only.
     */
    private Optional<Decision> toASynchronousOne(Situation situation) {
        if (Handover.heirs(situation).isEmpty()
                || Candidates.electorate(situation).promise().isEmpty()) {
            return Optional.empty();
        }
        if (situation.peers().isEmpty()) {
            return ask(situation, "PostgreSQL did not stop in order: who has every acknowledged commit?");
        }
        return Candidates.successor(situation, situation.peers().get())
                .flatMap(peer -> Decision.of(
                        this,
                        situation,
                        new Action.ReleaseLock(Optional.empty()),
                        "PostgreSQL did not stop in order, and the synchronous " + peer.name()
                                + " has every acknowledged commit: the leader lock is free for it"));
    }

    private Optional<Decision> toWhoHasIt(Situation situation, Lsn last) {
        if (situation.peers().isEmpty()) {
            return ask(situation, "PostgreSQL is stopped: who has everything up to " + last + "?");
        }
        return Handover.heir(situation, last)
                .flatMap(peer -> Decision.of(
                        this,
                        situation,
                        new Action.ReleaseLock(Optional.of(last)),
                        "PostgreSQL is stopped and " + peer.name() + " has everything up to " + last
                                + ": the leader lock is free for it"));
    }

    private Optional<Decision> ask(Situation situation, String question) {
        List<Member> heirs = Handover.heirs(situation);
        return heirs.isEmpty() ? Optional.empty() : Decision.of(this, situation, new Action.AskPeers(heirs), question);
    }
}
