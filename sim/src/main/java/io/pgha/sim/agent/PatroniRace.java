package io.pgha.sim.agent;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.ServerStatus;
import java.util.List;
import java.util.Optional;

/** Whether a member of Patroni 4.1 may lead, in an asynchronous cluster (facts §5.3, §5.8). */
final class PatroniRace {
    private final Surroundings world;

    PatroniRace(Surroundings world) {
        this.world = world;
    }

    /**
     * The healthiest test; asks the others.
     *
     * @param server what its own PostgreSQL says
     */
    boolean mayLead(ClusterView view, ServerStatus server) {
        HaSettings settings = world.configuration().settings();
        if (!server.inRecovery()) {
            return !view.timeline().isAfter(server.timeline());
        } else if (settings.tags().nofailover()) {
            return false;
        }
        Optional<FailoverRequest> request = view.failover().filter(FailoverRequest::isPresent);
        if (request.isPresent()) {
            return wants(view, server, request.get());
        }
        return !isLagging(view, server.walPosition()) && isOnTheTimeline(view, server) && isAhead(view, server, "");
    }

    /** The manual rule. */
    private boolean wants(ClusterView view, ServerStatus server, FailoverRequest request) {
        String me = world.configuration().settings().name();
        if (request.candidate().equals(Optional.of(me))) {
            return true;
        }
        boolean candidateIsWell = request.candidate().flatMap(view::member).stream()
                .flatMap(member -> world.peers().ask(List.of(member)).stream())
                .anyMatch(PatroniRace::isUnlimited);
        if (candidateIsWell) {
            return false;
        }
        if (request.leader().equals(Optional.of(me))) {
            return !failoverIsPossible(view, request, server.walPosition());
        }
        return isOnTheTimeline(view, server)
                && isAhead(view, server, request.leader().orElse(""));
    }

    /** Whether nobody who answers is ahead, or leads, or is wanted more. */
    private boolean isAhead(ClusterView view, ServerStatus server, String but) {
        HaSettings settings = world.configuration().settings();
        List<Member> others = others(view).stream()
                .filter(member -> !member.name().equals(but))
                .toList();
        for (PeerAnswer answer : world.peers().ask(others)) {
            if (!isUnlimited(answer)) {
                continue;
            }
            int order = answer.walPosition().compareTo(server.walPosition());
            boolean preferred =
                    answer.tags().failoverPriority() > settings.tags().failoverPriority();
            if (!answer.inRecovery() || order > 0 || (order == 0 && preferred)) {
                return false;
            }
        }
        return true;
    }

    /** Whether somebody could take over from this leader. */
    boolean failoverIsPossible(ClusterView view, FailoverRequest request, Lsn leastPosition) {
        Optional<String> candidate = request.candidate();
        List<Member> asked = others(view).stream()
                .filter(member -> candidate.isEmpty() || candidate.get().equals(member.name()))
                .toList();
        return world.peers().ask(asked).stream()
                .filter(PatroniRace::isUnlimited)
                .anyMatch(answer -> !answer.walPosition().isZero()
                        && !isLagging(view, answer.walPosition())
                        && (!world.configuration().settings().checkTimeline()
                                || !view.timeline().isAfter(answer.timeline())));
    }

    private List<Member> others(ClusterView view) {
        String me = world.configuration().settings().name();
        return view.members().values().stream()
                .filter(member -> !member.name().equals(me))
                .filter(member -> member.apiUrl().isPresent() && !member.tags().nofailover())
                .toList();
    }

    private static boolean isUnlimited(PeerAnswer answer) {
        return answer.reachable() && !answer.tags().nofailover() && !answer.watchdogFailed();
    }

    private boolean isLagging(ClusterView view, Lsn position) {
        long behind = view.status().optime().bytesAheadOf(position);
        return behind > world.configuration().settings().maximumLagOnFailover();
    }

    private boolean isOnTheTimeline(ClusterView view, ServerStatus server) {
        return !world.configuration().settings().checkTimeline()
                || (server.timeline().isKnown() && !view.timeline().isAfter(server.timeline()));
    }
}
