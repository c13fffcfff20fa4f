package io.pgha.core.rules.shutdown;

import io.pgha.core.action.Action;
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
            List<Member> others = Handover.heirs(situation);
            return others.isEmpty()
                    ? Optional.empty()
                    : Decision.of(this, situation, new Action.AskPeers(others), "the last WAL is written: who has it?");
        }
        return Handover.heir(situation, last)
                .flatMap(peer -> Decision.of(
                        this,
                        situation,
                        new Action.ReleaseLock(checkpoint),
                        "everything up to " + last + " is written and " + peer.name() + " has it"));
    }
}
