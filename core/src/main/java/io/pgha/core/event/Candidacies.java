package io.pgha.core.event;

import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Situation;
import io.pgha.core.election.Verdict;
import io.pgha.core.model.PeerAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everybody who was considered when it was decided who is to lead, and why each of them could not (facts §5.8). */
public final class Candidacies {
    private Candidacies() {}

    /** Those who were considered, this node first; empty when no peer was asked. */
    public static List<Candidacy> of(Situation situation) {
        if (situation.peers().isEmpty()) {
            return List.of();
        }
        List<PeerAnswer> peers = situation.peers().get();
        List<Candidacy> all = new ArrayList<>();
        if (situation.local().runsAsStandby()) {
            all.add(me(situation, peers));
        }
        peers.forEach(peer -> all.add(peer(situation, peer)));
        return all;
    }

    private static Candidacy me(Situation situation, List<PeerAnswer> peers) {
        Optional<String> obstacle = Candidates.ownObstacle(situation);
        Verdict verdict = Candidates.judge(situation, peers);
        return obstacle.map(reason -> new Candidacy(situation.me(), false, reason))
                .orElse(new Candidacy(situation.me(), verdict.fit(), verdict.reason()));
    }

    private static Candidacy peer(Situation situation, PeerAnswer peer) {
        Optional<String> against = against(situation, peer);
        return new Candidacy(
                peer.name(),
                against.isEmpty(),
                against.orElse("it is at " + peer.walPosition() + " on timeline " + peer.timeline()));
    }

    private static Optional<String> against(Situation situation, PeerAnswer peer) {
        if (!peer.reachable()) {
            return Optional.of("it does not answer"
                    + peer.problem().map(text -> ": " + text).orElse(""));
        } else if (!peer.inRecovery()) {
            return Optional.of("it runs as primary");
        } else if (peer.tags().nofailover()) {
            return Optional.of("it is tagged nofailover");
        } else if (peer.watchdogFailed()) {
            return Optional.of("it needs a watchdog device and has none");
        }
        if (situation.local().runsAsPrimary()
                && Handover.due(situation)
                        .filter(request -> !Handover.isManual(request))
                        .isPresent()
                && !Handover.getsTheLastWal(situation, peer.name())) {
            return Optional.of("it does not stream from this primary; it is at " + peer.walPosition());
        }
        long lag = situation.view().status().optime().bytesAheadOf(peer.walPosition());
        long most = situation.settings().maximumLagOnFailover();
        return lag > most
                ? Optional.of("its WAL at " + peer.walPosition() + " is " + lag
                        + " bytes behind the last leader's, more than maximum_lag_on_failover " + most)
                : Optional.empty();
    }
}
