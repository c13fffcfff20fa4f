package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Member;
import io.pgha.core.view.ClusterOverview;
import io.pgha.core.view.MemberView;
import io.pgha.ctl.table.Format;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/** Which members a command is about (facts §4.2): those named, of a role; all of them when none is named. */
final class MemberChoice {
    private MemberChoice() {}

    /** Prints the cluster, as every command does before it asks anything. */
    static void show(Session session, Dialog dialog, String cluster) {
        dialog.show(new MemberListing(Format.PRETTY, false, false)
                .print(session, List.of(cluster), Clock.system(ZoneId.systemDefault())));
    }

    /**
     * @param named empty: all
     * @throws CtlException when nobody is left
     */
    static List<Member> of(String cluster, ClusterView view, RoleChoice role, List<String> named) {
        List<Member> chosen = ClusterOverview.of(view).members().stream()
                .filter(role::includes)
                .map(MemberView::member)
                .filter(member -> named.isEmpty() || named.contains(member.name()))
                .toList();
        if (chosen.isEmpty()) {
            throw new CtlException("cluster " + cluster + " has no member of that name and role");
        }
        return chosen;
    }

    /** All members in the order in which they are asked for what concerns the cluster. */
    static List<Member> leaderFirst(ClusterView view) {
        return view.members().values().stream()
                .sorted(Comparator.comparing(member -> !view.isLedBy(member.name())))
                .toList();
    }

    /** Their names, for a question. */
    static String names(List<Member> members) {
        return String.join(", ", members.stream().map(Member::name).toList());
    }

    /** Why a command to a member failed. */
    static String failure(String what, Member member, MemberClient.Reply reply) {
        return "Failed: " + what + " for member " + member.name() + ", "
                + (reply instanceof MemberClient.Answered answered
                        ? "status code=" + answered.status() + ", (" + answered.text() + ")"
                        : "(" + ((MemberClient.Unreached) reply).reason() + ")");
    }
}
