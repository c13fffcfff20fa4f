package io.pgha.core.decide;

import io.pgha.core.action.Action;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Upstream;
import io.pgha.core.view.ClusterFlags;
import java.util.Optional;

/** What an ordered new copy means in a situation (facts §3.8, §5.13; reliability.md S9). */
public final class Reinitializing {
    private Reinitializing() {}

    /** Why no new copy may be made here now; empty when one may, or when the leader has still to be asked. */
    public static Optional<String> obstacle(Situation situation) {
        if (situation.unlocked()) {
            return Optional.of("the cluster has no leader");
        }
        if (situation.lockKeyIsMine()) {
            return Optional.of("this member is the leader");
        }
        if (situation.local().dataDirectory() == DataDirectory.INACCESSIBLE) {
            return Optional.of(situation.local().complaint().orElse("the data directory is not ours to touch"));
        }
        if (situation.leader().flatMap(Upstream::of).isEmpty()) {
            return Optional.of("the leader does not publish where to connect");
        }
        return situation.peers().isPresent() && leaderAnswer(situation).isEmpty()
                ? Optional.of("the leader does not answer, or not as a primary: the only good data may be here")
                : Optional.empty();
    }

    /** What the leader said when it was asked just now, if it is what a leader has to be. */
    private static Optional<PeerAnswer> leaderAnswer(Situation situation) {
        boolean standbyCluster = ClusterFlags.of(situation.view()).standbyCluster();
        return situation.peers().orElseThrow().stream()
                .filter(peer -> situation.view().isLedBy(peer.name()))
                .filter(peer -> peer.reachable() && peer.inRecovery() == standbyCluster)
                .findFirst();
    }

    /**
     * Old data may go before the new copy is whole only if the leader provably has everything: this node has just
     * streamed from it, on its timeline, and is not ahead of what it said when asked a moment ago.
     */
    public static Action.OldData oldData(Situation situation) {
        Optional<ServerStatus> mine = situation.local().server().filter(ServerStatus::inRecovery);
        boolean has = mine.isPresent()
                && mine.get().isStreaming()
                && leaderAnswer(situation)
                        .filter(leader -> leader.timeline().equals(mine.get().timeline())
                                && !mine.get().walPosition().isAfter(leader.walPosition()))
                        .isPresent()
                && situation.memory().rewind() != RewindPhase.NEEDED
                && situation.memory().rewind() != RewindPhase.HIDDEN
                && situation.memory().rewind() != RewindPhase.FAILED;
        return has ? Action.OldData.EXPENDABLE : Action.OldData.KEPT;
    }
}
