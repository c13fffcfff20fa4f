package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Member;
import io.pgha.core.model.Role;
import io.pgha.core.view.ClusterFlags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins or ends that a cluster follows another one, and waits until it does (facts §4.2 and §5.18). */
final class ClusterRoleChange {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** Stopping a primary may take long, and is not given up by us: only watching it is. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Session session;
    private final Dialog dialog;
    private final String cluster;
    private final boolean force;

    ClusterRoleChange(Session session, Dialog dialog, String cluster, boolean force) {
        this.session = session;
        this.dialog = dialog;
        this.cluster = cluster;
        this.force = force;
    }

    void demote(Map<String, Object> standbyCluster) {
        ClusterView view = session.store().read(cluster);
        String leader = leader(view);
        if (ClusterFlags.of(view).standbyCluster()) {
            throw new CtlException("Cluster " + cluster + " is already in the required state");
        }
        confirm("demote", view);
        change(view, standbyCluster);
        watch(
                "demoted",
                now -> hasRole(now, Role.STANDBY_LEADER)
                        && now.member(leader).filter(Member::isRunning).isPresent());
    }

    void promote() {
        ClusterView view = session.store().read(cluster);
        leader(view);
        if (!ClusterFlags.of(view).standbyCluster()) {
            throw new CtlException("Cluster " + cluster + " is already in the required state");
        }
        confirm("promote", view);
        change(view, null);
        watch("promoted", now -> hasRole(now, Role.PRIMARY));
    }

    private String leader(ClusterView view) {
        return view.leader()
                .map(LeaderLock::holder)
                .orElseThrow(() -> new CtlException("cluster " + cluster + " has no leader"));
    }

    private void confirm(String verb, ClusterView view) {
        MemberChoice.show(session, dialog, cluster);
        if (!force) {
            dialog.confirm(
                    "Are you sure you want to " + verb + " " + cluster + " cluster, led by " + leader(view) + "?");
        }
    }

    private void change(ClusterView view, @Nullable Object section) {
        Map<String, Object> body = new HashMap<>();
        body.put("standby_cluster", section);
        List<String> refusals = new ArrayList<>();
        for (Member member : MemberChoice.leaderFirst(view)) {
            MemberClient.Reply reply = session.members().send(member, "PATCH", "/config", body, PATIENCE);
            if (reply instanceof MemberClient.Answered answered) {
                if (answered.status() == 200) {
                    return;
                }
                throw new CtlException("Failed to change the configuration of cluster " + cluster + ": "
                        + answered.status() + ", " + answered.text());
            }
            refusals.add(member.name() + ": " + ((MemberClient.Unreached) reply).reason());
        }
        throw new CtlException(
                "no member of cluster " + cluster + " could be reached\n  " + String.join("\n  ", refusals));
    }

    /** What is waited for. */
    private interface Goal {
        boolean reached(ClusterView view);
    }

    private void watch(String done, Goal goal) {
        long end = System.nanoTime() + LONGEST.toNanos();
        String shown = "";
        while (System.nanoTime() < end) {
            ClusterView view = session.store().read(cluster);
            String state = describe(view);
            if (!state.equals(shown)) {
                dialog.say(state);
                shown = state;
            }
            if (goal.reached(view)) {
                dialog.say("Cluster " + cluster + " is successfully " + done);
                MemberChoice.show(session, dialog, cluster);
                return;
            }
            pause();
        }
        throw new CtlException("cluster " + cluster + " was not " + done + " within " + LONGEST.toMinutes()
                + " min; it goes on trying");
    }

    private static void pause() {
        if (Interruption.comesWithin(PERIOD)) {
            throw new CtlException("interrupted");
        }
    }

    private static boolean hasRole(ClusterView view, Role role) {
        return view.leaderMember()
                .filter(Member::isRunning)
                .flatMap(Member::role)
                .flatMap(Role::parse)
                .filter(role::equals)
                .isPresent();
    }

    private static String describe(ClusterView view) {
        Optional<Member> leader = view.leaderMember();
        return leader.map(member ->
                        "leader " + member.name() + ": " + member.role().orElse("role unknown") + ", "
                                + member.state().orElse("state unknown"))
                .orElse("there is no leader now");
    }
}
