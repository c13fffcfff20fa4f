package io.pgha.core.rules.switchover;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.PeerAnswer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The leader is asked to hand over and a candidate is able to: PostgreSQL is stopped, with a checkpoint before. */
public final class SwitchoverBegins implements Rule {
    @Override
    public String says() {
        return "The leader is asked to hand over and a candidate is able to: PostgreSQL is stopped, with a checkpoint before.";
    }

    /** Names those that answered and would not get the end of the WAL. */
    private static String notStreaming(Situation situation, boolean manual) {
        String names = situation.peers().orElse(List.of()).stream()
                .filter(peer -> !manual && peer.reachable() && !Handover.getsTheLastWal(situation, peer.name()))
                .map(PeerAnswer::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "; not streaming: " + names;
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        Optional<FailoverRequest> request = Handover.due(situation)
                .filter(due -> situation.lockKeyIsMine()
                        && situation.lockRenewed()
                        && situation.local().runsAsPrimary());
        if (request.isEmpty()) {
            return Optional.empty();
        }
        if (situation.peers().isEmpty()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.AskPeers(Handover.candidates(situation, request.get())),
                    "asked to hand over: who is able to take over?");
        }
        boolean manual = Handover.isManual(request.get());
        Optional<PeerAnswer> able = Handover.able(
                situation,
                situation.peers().get().stream()
                        .filter(peer -> manual || Handover.getsTheLastWal(situation, peer.name()))
                        .toList());
        return able.isPresent()
                ? Decision.of(
                        this,
                        situation.memory().toBuilder().handingOver(true).build(),
                        new Action.Demote(Action.Parting.PREPARED),
                        "handing over: " + able.get().name() + " can take over")
                : Decision.of(
                        this,
                        situation,
                        new Action.ClearFailover(request.get().modRevision()),
                        "asked to hand over, but no candidate that streams can take over"
                                + notStreaming(situation, manual));
    }
}
