package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Member;
import io.pgha.core.time.ScheduleText;
import io.pgha.core.view.ClusterFlags;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code switchover} and {@code failover}: what is asked, checked, sent and printed (facts §4.5). */
final class Handover {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSS");
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final HandoverAction action;
    private final Session session;
    private final Dialog dialog;
    private final String cluster;

    Handover(HandoverAction action, Session session, Dialog dialog, String cluster) {
        this.action = action;
        this.session = session;
        this.dialog = dialog;
        this.cluster = cluster;
    }

    /**
     * What the command line gave.
     *
     * @param leader who is to hand over
     * @param candidate who is to take over
     * @param scheduled when
     * @param force whether nothing is asked
     */
    record Wishes(Optional<String> leader, Optional<String> candidate, Optional<String> scheduled, boolean force) {}

    void run(Wishes wishes) {
        ClusterView view = session.store().read(cluster);
        dialog.say("Current cluster topology");
        MemberChoice.show(session, dialog, cluster);
        Optional<String> leader =
                action == HandoverAction.SWITCHOVER ? Optional.of(leader(view, wishes)) : Optional.empty();
        Optional<String> candidate = candidate(view, wishes);
        Optional<OffsetDateTime> at = action == HandoverAction.SWITCHOVER ? schedule(view, wishes) : Optional.empty();
        warnOfSlots(view, candidate);
        if (!wishes.force()) {
            confirm(view, candidate, at);
        }
        FailoverRequest request = new FailoverRequest(leader, candidate, at.map(ScheduleText::write), 0);
        if (send(view, request)) {
            MemberChoice.show(session, dialog, cluster);
        }
    }

    private String leader(ClusterView view, Wishes wishes) {
        String current = view.leader()
                .map(LeaderLock::holder)
                .orElseThrow(() -> new CtlException("cluster " + cluster + " has no leader: use failover"));
        String given = wishes.leader().orElseGet(() -> wishes.force() ? current : dialog.ask("Primary", current));
        if (!given.equals(current)) {
            throw new CtlException("Member " + given + " is not the leader of cluster " + cluster);
        }
        return current;
    }

    private Optional<String> candidate(ClusterView view, Wishes wishes) {
        List<String> able = able(view).stream().map(Member::name).toList();
        if (able.isEmpty()) {
            throw new CtlException("No candidates found to " + action.word() + " to");
        }
        Optional<String> chosen = wishes.candidate()
                .or(() -> wishes.force() ? Optional.empty() : Optional.of(dialog.ask("Candidate " + able, "")))
                .filter(name -> !name.isEmpty());
        if (chosen.isEmpty() && action == HandoverAction.FAILOVER) {
            throw new CtlException("Failover could be performed only to a specific candidate");
        }
        if (chosen.filter(view::isLedBy).isPresent()) {
            throw new CtlException("Member " + chosen.get() + " is already the leader of cluster " + cluster);
        }
        if (chosen.filter(name -> !able.contains(name)).isPresent()) {
            throw new CtlException(
                    "Member " + chosen.get() + " does not exist in cluster " + cluster + " or is tagged as nofailover");
        }
        return chosen;
    }

    private Optional<OffsetDateTime> schedule(ClusterView view, Wishes wishes) {
        String written = wishes.scheduled()
                .orElseGet(() -> wishes.force()
                        ? "now"
                        : dialog.ask("When should the switchover take place (for example 2026-11-21T01:00)", "now"));
        return Schedule.of("switchover", written, view);
    }

    /** Consumers of logical slots may miss changes; who hands over has to know before, whether he is asked or not. */
    private void warnOfSlots(ClusterView view, Optional<String> candidate) {
        List<Member> possible = candidate.flatMap(view::member).map(List::of).orElseGet(() -> able(view));
        for (String doubt : SlotDoubts.of(view, possible, session.members())) {
            dialog.warn("Warning: " + doubt + ". Its consumers may miss changes after a " + action.word());
        }
    }

    private static List<Member> able(ClusterView view) {
        return view.members().values().stream()
                .filter(member -> !view.isLedBy(member.name()) && !member.tags().nofailover())
                .toList();
    }

    private void confirm(ClusterView view, Optional<String> candidate, Optional<OffsetDateTime> at) {
        ClusterFlags flags = ClusterFlags.of(view);
        boolean leavesSync = action == HandoverAction.FAILOVER
                && flags.synchronous()
                && candidate
                        .filter(name ->
                                view.sync().filter(sync -> sync.hasVoter(name)).isEmpty())
                        .isPresent();
        if (leavesSync) {
            dialog.confirm("Are you sure you want to failover to the asynchronous node " + candidate.get() + "?");
        }
        String demoting = view.leader()
                .map(lock -> ", demoting current leader " + lock.holder())
                .orElse("");
        String when = at.map(time -> " at " + ScheduleText.write(time)).orElse("");
        dialog.confirm("Are you sure you want to " + action.word() + " cluster " + cluster + demoting + when + "?");
    }

    /** Gives whether the order was accepted, so that it makes sense to show the members again. */
    private boolean send(ClusterView view, FailoverRequest request) {
        Member asked = view.leaderMember()
                .or(() -> request.candidate().flatMap(view::member))
                .orElseThrow();
        MemberClient members = session.members();
        Duration patience = patience(view);
        MemberClient.Reply reply = members.send(asked, "POST", "/" + action.word(), body(request), patience);
        if (reply instanceof MemberClient.Answered answered
                && answered.status() == 501
                && action == HandoverAction.SWITCHOVER) {
            reply = members.send(asked, "POST", "/failover", body(request), patience);
        }
        if (reply instanceof MemberClient.Unreached unreached) {
            dialog.say(now() + " Could not " + action.word() + " using the REST API of " + asked.name() + " ("
                    + unreached.reason() + "), falling back to DCS");
            session.store().writeFailover(cluster, request);
            dialog.say(now() + " Initialized " + action.word() + " through DCS");
            return true;
        }
        return report((MemberClient.Answered) reply);
    }

    private boolean report(MemberClient.Answered answered) {
        if (answered.status() == 200 || answered.status() == 202) {
            dialog.say(now() + " " + answered.text());
            return true;
        }
        boolean unknown = answered.text().contains("status unknown");
        dialog.say(action.noun() + (unknown ? " result unknown" : " failed") + ", details: " + answered.status() + ", "
                + answered.text());
        return false;
    }

    private static Map<String, Object> body(FailoverRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        request.leader().ifPresent(name -> body.put("leader", name));
        request.candidate().ifPresent(name -> body.put("candidate", name));
        request.scheduledAt().ifPresent(time -> body.put("scheduled_at", time));
        return body;
    }

    /** What the member itself waits for the outcome, and a little more (facts §3.8, step 10). */
    private static Duration patience(ClusterView view) {
        Object loopWait =
                view.config().map(DynamicConfigKey::values).orElse(Map.of()).get("loop_wait");
        long seconds = loopWait instanceof Number number ? Math.min(number.longValue(), 3600) : 10;
        return Duration.ofSeconds(2 * Math.max(10, seconds)).plus(MARGIN);
    }

    private static String now() {
        return TIME.format(LocalDateTime.now(ZoneId.systemDefault()));
    }
}
