package io.pgha.core.rules.busy;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.PeerAnswer;
import java.util.Optional;

/**
 * The leader key carries this member's name, and its agent has no proof that it took the lock: an earlier life took it, or
 * etcd was restored from an older snapshot and has forgotten who leads. Patroni's member goes on as leader (facts §5.9); here
 * it has to win the lock, as the others may have more, or another one may be primary.
 */
public final class InheritedLockIsGivenUp implements Rule {
    @Override
    public String says() {
        return "A member that is no primary finds its name in the leader key and has no proof of the lock: it is given up, to be won; "
                + "where it was primary until its PostgreSQL went down, only if another member is primary.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean proven =
                situation.lockValidUntil().filter(situation.now()::isBefore).isPresent();
        boolean inherited = situation.lockKeyIsMine() && situation.renewalUntried() && !proven;
        boolean atWork = situation.mayTakeWrites()
                || situation.mayBecomePrimary()
                || situation.job().isRunning(JobKind.DEMOTE)
                || situation.memory().handingOver()
                || situation.memory().bootstrap() != BootstrapPhase.NONE;
        if (!inherited || atWork || situation.inStandbyCluster()) {
            return Optional.empty();
        }
        return wasPrimary(situation)
                ? unlessAnotherIs(situation)
                : release(situation, "the leader key carries our name, and nothing proves that we may lead");
    }

    private static boolean wasPrimary(Situation situation) {
        return !situation.local().postmasterRuns()
                && !situation.local().standbySignal()
                && situation
                        .local()
                        .control()
                        .filter(data -> data.state().leftAsPrimary())
                        .isPresent();
    }

    private Optional<Decision> unlessAnotherIs(Situation situation) {
        if (situation.peers().isEmpty()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.AskPeers(Candidates.everybody(situation)),
                    "the leader key carries our name from before: is anybody else primary?");
        }
        return situation.peers().get().stream()
                .filter(peer -> peer.reachable() && !peer.inRecovery())
                .findFirst()
                .map(PeerAnswer::name)
                .flatMap(name -> release(situation, "the leader key carries our name, but " + name + " is primary"));
    }

    private Optional<Decision> release(Situation situation, String reason) {
        return Decision.of(this, situation, new Action.ReleaseLock(Optional.empty()), reason);
    }
}
