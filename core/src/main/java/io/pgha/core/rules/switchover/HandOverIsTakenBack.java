package io.pgha.core.rules.switchover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.LockRenewal;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PeerAnswer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * PostgreSQL was stopped to hand over and nobody has its last WAL, because the replication connection broke while it stopped:
 * a switchover loses nothing, so that the primary that has everything goes on.
 */
public final class HandOverIsTakenBack implements Rule {
    @Override
    public String says() {
        return "Half of retry_timeout after the stop nobody has proved to have the last WAL: the switchover is called off, and the primary starts again.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!Handover.isStopped(situation) || situation.renewal() instanceof LockRenewal.Refused) {
            return Optional.empty();
        }
        if (situation.renewalUnanswered().isPresent()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.Wait(),
                    "PostgreSQL is stopped and the leader lock was not renewed yet: "
                            + situation.renewalUnanswered().get());
        }
        String lacks = lacks(situation);
        if (mayHope(situation)) {
            return Decision.of(
                    this,
                    situation,
                    new Action.Wait(),
                    "PostgreSQL is stopped and nobody has its last WAL yet: " + lacks);
        }
        Optional<FailoverRequest> request = Handover.request(situation);
        return request.flatMap(asked -> Decision.of(
                this,
                situation,
                new Action.ClearFailover(asked.modRevision()),
                "the switchover is called off, PostgreSQL starts again as primary: nobody has its last WAL: " + lacks));
    }

    private static boolean mayHope(Situation situation) {
        return situation.orders().shutdownCheckpoint().isPresent()
                && situation.peers().isPresent()
                && situation
                        .memory()
                        .handOverUntil()
                        .filter(situation.now()::isBefore)
                        .isPresent();
    }

    private static String lacks(Situation situation) {
        Optional<Lsn> last = situation.orders().shutdownCheckpoint();
        if (last.isEmpty()) {
            return "PostgreSQL did not stop in order";
        }
        List<PeerAnswer> peers = situation.peers().orElse(List.of());
        return peers.isEmpty()
                ? "there is no candidate any more"
                : "it ends at " + last.get() + "; "
                        + peers.stream()
                                .flatMap(peer -> Handover.lack(situation, peer, last.get()).stream())
                                .collect(Collectors.joining("; "));
    }
}
