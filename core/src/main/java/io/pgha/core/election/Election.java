package io.pgha.core.election;

import io.pgha.core.model.PeerAnswer;
import java.util.List;
import java.util.Optional;

/**
 * Compares this node with what its peers said (facts §5.8 "Comparison"). Unlike Patroni it looks at the timeline before
 * the position (ADR 0008): WAL on an older timeline beyond the fork is what the cluster has thrown away.
 */
public final class Election {
    private final long maximumLag;
    private final boolean checkTimeline;
    private final Electorate electorate;

    /** An election in which anybody may stand. */
    public Election(long maximumLag, boolean checkTimeline) {
        this(maximumLag, checkTimeline, Electorate.ANYBODY);
    }

    /**
     * @param maximumLag bytes that a candidate may be behind the last leader's published position
     * @param checkTimeline whether it must be on the cluster's timeline
     * @param electorate who may stand
     */
    public Election(long maximumLag, boolean checkTimeline, Electorate electorate) {
        this.maximumLag = maximumLag;
        this.checkTimeline = checkTimeline;
        this.electorate = electorate;
    }

    /** Why this node may not take over, whatever its peers say; empty when nothing speaks against it. */
    public Optional<Verdict> unfitByItself(Contender me) {
        Optional<String> objection = electorate.objection(me.name());
        if (objection.isPresent()) {
            return objection.map(Verdict::unfit);
        }
        if (me.lag() > maximumLag) {
            return Optional.of(Verdict.unfit("its WAL at " + me.walPosition() + " is " + me.lag()
                    + " bytes behind the last leader's " + me.clusterStatus().optime()
                    + ", more than maximum_lag_on_failover " + maximumLag));
        }
        if (checkTimeline && (!me.timeline().isKnown() || me.clusterTimeline().isAfter(me.timeline()))) {
            return Optional.of(Verdict.unfit("its timeline " + me.timeline() + " is older than the cluster's "
                    + me.clusterTimeline() + " and check_timeline is on"));
        }
        return Optional.empty();
    }

    /** The verdict, given what every peer said. */
    public Verdict judge(Contender me, List<PeerAnswer> peers) {
        Optional<Verdict> byItself = unfitByItself(me);
        if (byItself.isPresent()) {
            return byItself.get();
        }
        int votes = 0;
        for (PeerAnswer peer : peers) {
            Optional<Verdict> against = against(me, peer);
            if (against.isPresent()) {
                return against.get();
            }
            votes += electorate.hasVote(peer.name()) && votes(me, peer) ? 1 : 0;
        }
        if (!electorate.isEnough(me.name(), votes)) {
            return Verdict.unfit("it is known to be as far as " + electorate.votes(me.name(), votes)
                    + " other members that the key sync names, and has to be compared with " + electorate.needed());
        }
        long reachable = peers.stream().filter(PeerAnswer::reachable).count();
        return Verdict.fit("it is at " + me.walPosition() + "; " + reachable + " of " + peers.size()
                + " peers answered, none is ahead");
    }

    /**
     * Whether the peer, which does not speak against this node, is known not to be ahead. It is not when its PostgreSQL was
     * too slow to tell where it is now. What a member has is proof of the same worth when it may not lead itself; a Patroni
     * member ignores it there (facts, appendix C 18), and then a cluster whose other voter is such a member has nobody.
     */
    private boolean votes(Contender me, PeerAnswer peer) {
        return peer.reachable()
                && peer.inRecovery()
                && peer.current()
                && !peer.walPosition().isZero()
                && !isAhead(me, peer);
    }

    private static boolean counts(PeerAnswer peer) {
        return peer.reachable() && peer.inRecovery() && !peer.tags().nofailover() && !peer.watchdogFailed();
    }

    private static boolean isAhead(Contender me, PeerAnswer peer) {
        boolean comparable = me.timeline().isKnown() && peer.timeline().isKnown();
        if (comparable && !peer.timeline().equals(me.timeline())) {
            return peer.timeline().isAfter(me.timeline());
        }
        return peer.walPosition().isAfter(me.walPosition());
    }

    private Optional<Verdict> against(Contender me, PeerAnswer peer) {
        if (!peer.reachable()) {
            return Optional.empty();
        }
        if (!peer.inRecovery()) {
            return Optional.of(Verdict.unfit(peer.name() + " runs as primary"));
        }
        if (!counts(peer) || !electorate.names(peer.name()) || electorate.isLastLeader(peer.name())) {
            // What the last leader has beyond this node, nobody was told of: else its voters would have it.
            return Optional.empty();
        }
        boolean comparable = me.timeline().isKnown() && peer.timeline().isKnown();
        if (comparable && peer.timeline().isAfter(me.timeline())) {
            return Optional.of(Verdict.unfit(
                    peer.name() + " is on timeline " + peer.timeline() + ", this node on " + me.timeline()));
        }
        if (comparable && me.timeline().isAfter(peer.timeline())) {
            // Whatever it has beyond the fork is not the cluster's history.
            return Optional.empty();
        }
        if (peer.walPosition().isAfter(me.walPosition())) {
            return Optional.of(
                    Verdict.unfit(peer.name() + " is ahead: " + peer.walPosition() + " against " + me.walPosition()));
        }
        boolean preferred = peer.tags().failoverPriority() > me.failoverPriority();
        if (preferred
                && peer.walPosition().equals(me.walPosition())
                && !peer.walPosition().isZero()
                && !peer.name().equals(me.lastLeader())) {
            return Optional.of(Verdict.unfit(peer.name() + " is as far and has the higher failover_priority "
                    + peer.tags().failoverPriority()));
        }
        return Optional.empty();
    }
}
