package io.pgha.core.decide;

import io.pgha.core.election.Contender;
import io.pgha.core.election.Election;
import io.pgha.core.election.Electorate;
import io.pgha.core.election.Verdict;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Timeline;
import io.pgha.core.sync.SyncPromise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who has to be asked, and who may lead, as a situation shows it (facts §5.8). */
public final class Candidates {
    private Candidates() {}

    /** The other members of the present view that can be asked. */
    public static List<Member> others(Situation situation) {
        return askable(situation.view().members(), situation.me());
    }

    /**
     * Whom a candidate asks: the members known when somebody led last and those known now, so that one whose key has
     * just expired is not forgotten; without those that may never lead, unless what they have is a vote.
     */
    public static List<Member> voters(Situation situation) {
        Optional<String> outgoing = Handover.request(situation).flatMap(FailoverRequest::leader);
        Electorate electorate = electorate(situation);
        return everybody(situation).stream()
                .filter(member -> (!member.tags().nofailover() || electorate.hasVote(member.name()))
                        && outgoing.filter(member.name()::equals).isEmpty())
                .toList();
    }

    /** All others that were members when somebody led last, or are now. */
    public static List<Member> everybody(Situation situation) {
        Map<String, Member> known = new TreeMap<>();
        situation.memory().lastLedView().map(ClusterView::members).ifPresent(known::putAll);
        known.putAll(situation.view().members());
        return askable(known, situation.me());
    }

    private static List<Member> askable(Map<String, Member> members, String me) {
        return new ArrayList<>(members.values())
                .stream()
                        .filter(member ->
                                !member.name().equals(me) && member.apiUrl().isPresent())
                        .toList();
    }

    /** Whether nothing in the answer limits it (facts §5.3 "failover limitation"). */
    public static boolean mayLead(PeerAnswer peer) {
        return limit(peer).isEmpty();
    }

    private static Optional<String> limit(PeerAnswer peer) {
        if (!peer.reachable()) {
            return Optional.of(peer.problem().orElse("it does not answer"));
        }
        if (!peer.inRecovery()) {
            return Optional.of("it is no standby");
        }
        if (peer.tags().nofailover()) {
            return Optional.of("it is tagged nofailover");
        }
        return peer.watchdogFailed() ? Optional.of("it needs a watchdog and has none") : Optional.empty();
    }

    /** Whether this peer could take over now: unlimited, not lagging, and with check_timeline on the cluster's timeline. */
    public static boolean couldTakeOver(Situation situation, PeerAnswer peer) {
        return obstacle(situation, peer).isEmpty();
    }

    private static Optional<String> obstacle(Situation situation, PeerAnswer peer) {
        long lag = situation.view().status().optime().bytesAheadOf(peer.walPosition());
        boolean behind = situation.settings().checkTimeline()
                && situation.view().timeline().isAfter(peer.timeline());
        return limit(peer)
                .or(() -> lag > situation.settings().maximumLagOnFailover()
                        ? Optional.of("it lags by " + lag + " bytes")
                        : Optional.empty())
                .or(() -> behind ? Optional.of("it is on timeline " + peer.timeline()) : Optional.empty());
    }

    /**
     * The first of the answers that would win an election if this node gave the lock up; empty when nobody would, so that it
     * is better to wait (facts §5.8 "failover possible").
     */
    public static Optional<PeerAnswer> successor(Situation situation, List<PeerAnswer> answers) {
        Electorate electorate = electorate(situation);
        List<PeerAnswer> able = answers.stream()
                .filter(peer -> couldTakeOver(situation, peer)
                        && electorate.objection(peer.name()).isEmpty())
                .toList();
        int votes = electorate.byVotes()
                ? electorate.promise().map(SyncPromise::quorum).orElse(0)
                : 0;
        return able.size() > votes ? able.stream().findFirst() : Optional.empty();
    }

    /** What keeps the others from taking over, where there is no {@link #successor}. */
    public static String whyNobody(Situation situation, List<PeerAnswer> answers) {
        Electorate electorate = electorate(situation);
        return answers.stream()
                .map(peer -> peer.name() + ": "
                        + obstacle(situation, peer)
                                .or(() -> electorate.objection(peer.name()))
                                .orElse("it would have too few votes"))
                .collect(Collectors.joining("; "));
    }

    /** Whether a primary in failsafe mode need not ask this member, so that it may not take over (ADR 0012). */
    public static boolean isLeftOutOfFailsafe(Situation situation) {
        return situation.settings().failsafeMode()
                && !situation.view().failsafe().isEmpty()
                && !situation.view().failsafe().containsKey(situation.me());
    }

    /** What keeps this node from taking over whatever the others say. */
    public static Optional<String> ownObstacle(Situation situation) {
        if (situation.holdsBack()) {
            return Optional.of("its promotion failed a short time ago");
        }
        if (situation.isStarting()) {
            return Optional.of("PostgreSQL is starting");
        }
        if (situation.settings().tags().nofailover()) {
            return Optional.of("it is tagged nofailover");
        }
        if (situation.orders().missingFence().isPresent()) {
            return situation.orders().missingFence().map(why -> "it needs a watchdog device: " + why);
        }
        if (!situation.local().runsAsStandby()) {
            return Optional.of("PostgreSQL does not answer");
        }
        if (isLeftOutOfFailsafe(situation)) {
            return Optional.of("failsafe_mode is on and the key failsafe does not name it");
        }
        return electorate(situation)
                .objection(situation.me())
                .or(() -> leftTheClustersHistory(situation))
                .or(() -> waitsForOthers(situation))
                .or(() -> election(situation).unfitByItself(me(situation)).map(Verdict::reason));
    }

    /**
     * A node that knows to be behind, and cannot know how far the others are, gives them one ttl to appear: after an
     * outage of the DCS all member keys are gone, and the first to come back is not the best for being the first.
     */
    private static Optional<String> waitsForOthers(Situation situation) {
        if (situation.leaderlessForTtl()) {
            return Optional.empty();
        }
        Timeline mine = situation.timeline();
        Timeline newest = situation.view().timeline();
        if (mine.isKnown() && newest.isAfter(mine)) {
            return Optional.of("its timeline " + mine + " is older than the cluster's " + newest
                    + ": it gives members of that one ttl to appear");
        }
        boolean behind = situation
                .view()
                .status()
                .optime()
                .isAfter(situation.walPosition().orElse(Lsn.ZERO));
        return behind && voters(situation).isEmpty()
                ? Optional.of(
                        "it is behind the last leader and knows no other member yet: it gives them one ttl to appear")
                : Optional.empty();
    }

    /** A former primary with WAL beyond the point where the cluster went on without it (ADR 0008). */
    private static Optional<String> leftTheClustersHistory(Situation situation) {
        if (situation.inStandbyCluster()) {
            // The history of the other cluster counts there, and is not in this DCS.
            return Optional.empty();
        }
        Lsn end = situation.walPosition().orElse(Lsn.ZERO);
        return situation.view().history().orElse(List.of()).stream()
                .filter(line -> line.timeline().equals(situation.timeline()) && end.isAfter(line.switchPoint()))
                .findFirst()
                .map(line -> "its WAL has left the cluster's history: timeline " + line.timeline() + " ended at "
                        + line.switchPoint() + " and its own goes to " + end);
    }

    /** The verdict on this node, given what the others said. */
    public static Verdict judge(Situation situation, List<PeerAnswer> peers) {
        return election(situation).judge(me(situation), peers);
    }

    private static Election election(Situation situation) {
        return new Election(
                situation.settings().maximumLagOnFailover(),
                situation.settings().checkTimeline(),
                electorate(situation));
    }

    /** Who may lead as far as the key {@code sync} goes. */
    public static Electorate electorate(Situation situation) {
        Electorate electorate =
                Electorate.of(situation.settings().sync(), situation.view().sync());
        boolean behind = situation
                .local()
                .server()
                .filter(server -> server.inRecovery()
                        && situation.view().status().optime().isAfter(server.walPosition()))
                .isPresent();
        return behind ? electorate.whereIsBehind(situation.me()) : electorate;
    }

    /** Whom an operator named goes before who is preferred otherwise: those wait for it. */
    private static boolean isChosen(Situation situation) {
        return Handover.due(situation)
                .flatMap(FailoverRequest::candidate)
                .filter(situation.me()::equals)
                .isPresent();
    }

    private static Contender me(Situation situation) {
        return new Contender(
                situation.me(),
                situation.local().server().map(ServerStatus::walPosition).orElse(Lsn.ZERO),
                situation.timeline(),
                isChosen(situation)
                        ? Integer.MAX_VALUE
                        : situation.settings().tags().failoverPriority(),
                situation.view().status(),
                situation.view().timeline(),
                situation
                        .memory()
                        .lastLedView()
                        .flatMap(ClusterView::leader)
                        .map(LeaderLock::holder)
                        .orElse(""));
    }
}
