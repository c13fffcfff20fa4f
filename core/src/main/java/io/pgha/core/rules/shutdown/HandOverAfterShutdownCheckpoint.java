package io.pgha.core.rules.shutdown;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import java.util.List;
import java.util.Optional;

/** While PostgreSQL stops and has written its last WAL, the lock is given up as soon as a candidate has all of it. */
public final class HandOverAfterShutdownCheckpoint implements Rule {
    @Override
    public String says() {
        return "While PostgreSQL stops and has written its last WAL, the lock is given up as soon as a candidate has all of it.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        Optional<Lsn> checkpoint = situation.orders().shutdownCheckpoint();
        boolean stopping =
                situation.job().isRunning(JobKind.SHUTDOWN) || situation.job().isRunning(JobKind.DEMOTE);
        if (checkpoint.isEmpty()
                || !stopping
                || !situation.dcsSeen()
                || !situation.lockKeyIsMine()
                || !situation.renewalUntried()) {
            return Optional.empty();
        }
        Lsn last = checkpoint.get();
        if (situation.peers().isEmpty()) {
            List<Member> others = Handover.due(situation)
                    .map(request -> Handover.candidates(situation, request))
                    .orElseGet(() -> Candidates.others(situation).stream()
                            .filter(member -> Candidates.electorate(situation).names(member.name()))
                            .toList());
            return others.isEmpty()
                    ? Optional.empty()
                    : Decision.of(this, situation, new Action.AskPeers(others), "the last WAL is written: who has it?");
        }
        return situation.peers().get().stream()
                .filter(peer -> Candidates.mayLead(peer) && !last.isAfter(peer.walPosition()))
                .findFirst()
                .flatMap(peer -> Decision.of(
                        this,
                        situation,
                        new Action.ReleaseLock(checkpoint),
                        "everything up to " + last + " is written and " + peer.name() + " has it"));
    }
}
