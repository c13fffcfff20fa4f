package io.pgha.core.decide;

import io.pgha.core.election.Electorate;
import io.pgha.core.model.ControlData;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.Timeline;
import io.pgha.core.sync.SyncPromise;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** What a request for a switchover or a manual failover means in a situation (facts §1.7, §5.8, §5.11). */
public final class Handover {
    private Handover() {}

    /** The request, when there is one that says anything. */
    public static Optional<FailoverRequest> request(Situation situation) {
        return situation.view().failover().filter(FailoverRequest::isPresent);
    }

    /** The request, when it is to be obeyed now: not scheduled, or its time has come. */
    public static Optional<FailoverRequest> due(Situation situation) {
        return request(situation)
                .filter(request -> request.scheduledAt().isEmpty()
                        || time(request)
                                .filter(at -> !situation.wall().isBefore(at))
                                .isPresent());
    }

    /** When it is scheduled for; empty when it is not scheduled, or when the text is no time with a zone. */
    public static Optional<Instant> time(FailoverRequest request) {
        return request.scheduledAt().flatMap(text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text.replace(' ', 'T')).toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    /** Why a leader cannot obey it, ever; empty when it can, now or later. */
    public static Optional<String> flaw(Situation situation, FailoverRequest request) {
        if (request.leader().filter(name -> !name.equals(situation.me())).isPresent()) {
            return Optional.of("it is for a leader named " + request.leader().get());
        }
        if (request.candidate().filter(situation.me()::equals).isPresent()) {
            return Optional.of("its candidate leads already");
        }
        if (request.scheduledAt().isEmpty()) {
            return request.candidate()
                    .filter(name -> !isManual(request)
                            && !Candidates.electorate(situation).names(name))
                    .map(name -> "synchronous mode is on and the key sync does not name " + name);
        }
        Optional<Instant> at = time(request);
        if (at.isEmpty()) {
            return Optional.of(
                    "its time is not one with a zone: " + request.scheduledAt().get());
        }
        Duration late = Duration.between(at.get(), situation.wall());
        return late.compareTo(situation.settings().loopWait().multipliedBy(3).dividedBy(2)) > 0
                ? Optional.of("its time passed " + late.toSeconds() + " s ago")
                : Optional.empty();
    }

    /** Why a request that has a flaw is cleared: what stands in the DCS after a switchover was obeyed is no failure. */
    public static String whyCleared(Situation situation, FailoverRequest request, String flaw) {
        boolean forAnother = request.leader().filter(situation.me()::equals).isEmpty();
        boolean mine = request.candidate().filter(situation.me()::equals).isPresent();
        if (forAnother && mine) {
            return "the request to hand over to this member is fulfilled: it leads";
        }
        return request.leader().isPresent() && forAnother && request.candidate().isEmpty()
                ? "the request is over: " + request.leader().get() + ", which was to hand over, leads no more"
                : "the request for a switchover is void: " + flaw;
    }

    /** Whom it could go to: the named candidate, or every other member that can be asked and may lead. */
    public static List<Member> candidates(Situation situation, FailoverRequest request) {
        return Candidates.others(situation).stream()
                .filter(member -> !member.tags().nofailover())
                .filter(member -> request.candidate().isEmpty()
                        || request.candidate().get().equals(member.name()))
                .filter(member ->
                        isManual(request) || Candidates.electorate(situation).names(member.name()))
                .toList();
    }

    /** Whether it is a manual failover: then the operator answers for what is lost (facts §1.7). */
    public static boolean isManual(FailoverRequest request) {
        return request.leader().isEmpty();
    }

    /**
     * The first of the answers that can take over. Where the election will need votes and no candidate is named, there have
     * to be enough of them (facts §5.8 "failover possible").
     */
    public static Optional<PeerAnswer> able(Situation situation, List<PeerAnswer> answers) {
        List<PeerAnswer> able = ableOnes(situation, answers);
        Electorate electorate = Candidates.electorate(situation);
        boolean named = request(situation)
                .filter(request -> request.candidate().isPresent())
                .isPresent();
        int votes = electorate.byVotes() && !named
                ? electorate.promise().map(SyncPromise::quorum).orElse(0)
                : 0;
        return able.size() - 1 >= votes ? able.stream().findFirst() : Optional.empty();
    }

    /**
     * Whether a primary that stops in order sends its last WAL to that member, so that nothing is lost in a switchover. A
     * member that cascades gets it from another one.
     */
    public static boolean getsTheLastWal(Situation situation, String member) {
        boolean cascades = situation
                .view()
                .member(member)
                .filter(known -> known.tags().replicatefrom().isPresent())
                .isPresent();
        return cascades
                || situation.local().server().stream()
                        .flatMap(server -> server.walSenders().stream())
                        .anyMatch(sender -> sender.applicationName().equalsIgnoreCase(member) && sender.isStreaming());
    }

    /** Whether this node's PostgreSQL was stopped so that another member takes over, and the lock is here still. */
    public static boolean isStopped(Situation situation) {
        return situation.memory().handingOver()
                && !situation.memory().primaryStartFailed()
                && !situation.local().postmasterRuns()
                && situation.lockKeyIsMine();
    }

    /** Whom to ask for the last WAL of a primary that stops: those whom a request allows, or all that may lead then. */
    public static List<Member> heirs(Situation situation) {
        return due(situation)
                .map(request -> candidates(situation, request))
                .orElseGet(() -> Candidates.others(situation).stream()
                        .filter(member -> Candidates.electorate(situation).names(member.name()))
                        .toList());
    }

    /** Why that member cannot go on with everything up to that position of the primary that stops; empty when it can. */
    public static Optional<String> lack(Situation situation, PeerAnswer peer, Lsn last) {
        if (!peer.reachable()) {
            return Optional.of(
                    peer.name() + " does not answer: " + peer.problem().orElse("unknown"));
        }
        if (!Candidates.mayLead(peer)) {
            return Optional.of(peer.name() + " may not lead");
        }
        Timeline mine =
                situation.local().control().map(ControlData::checkpointTimeline).orElse(Timeline.UNKNOWN);
        if (mine.isKnown() && peer.timeline().isKnown() && !peer.timeline().equals(mine)) {
            return Optional.of(peer.name() + " is on timeline " + peer.timeline() + " instead of " + mine);
        }
        return last.isAfter(peer.walPosition())
                ? Optional.of(peer.name() + " is at " + peer.walPosition() + " and lacks "
                        + last.bytesAheadOf(peer.walPosition()) + " bytes")
                : Optional.empty();
    }

    /** The first of the answers that tells of everything up to that position. */
    public static Optional<PeerAnswer> heir(Situation situation, Lsn last) {
        return situation.peers().orElse(List.of()).stream()
                .filter(peer -> lack(situation, peer, last).isEmpty())
                .findFirst();
    }

    private static List<PeerAnswer> ableOnes(Situation situation, List<PeerAnswer> answers) {
        return answers.stream()
                .filter(peer -> Candidates.couldTakeOver(situation, peer))
                .toList();
    }
}
