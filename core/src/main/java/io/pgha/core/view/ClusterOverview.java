package io.pgha.core.view;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.Member;
import java.util.List;
import java.util.Optional;

/**
 * A cluster as tools show it.
 *
 * @param members by name
 * @param flags settings that change how it is shown
 * @param scheduledSwitchover a switchover with a time, when there is one
 */
public record ClusterOverview(
        List<MemberView> members, ClusterFlags flags, Optional<FailoverRequest> scheduledSwitchover) {
    public ClusterOverview {
        members = List.copyOf(members);
    }

    public static ClusterOverview of(ClusterView view) {
        ClusterFlags flags = ClusterFlags.of(view);
        List<MemberView> members = view.members().values().stream()
                .map(member -> show(member, view, flags))
                .toList();
        return new ClusterOverview(
                members,
                flags,
                view.failover().filter(request -> request.scheduledAt().isPresent()));
    }

    private static MemberView show(Member member, ClusterView view, ClusterFlags flags) {
        String role = roleOf(member, view, flags);
        String ownState = member.state().orElse("");
        // A leader may still carry the replication state of its time as a standby.
        String state = role.equals(MemberView.LEADER)
                ? ownState
                : member.replicationState().filter(text -> !text.isEmpty()).orElse(ownState);
        return new MemberView(
                member,
                role,
                state,
                member.connUrl().flatMap(HostPort::ofConnUrl),
                view.status().optime());
    }

    private static String roleOf(Member member, ClusterView view, ClusterFlags flags) {
        if (view.isLedBy(member.name())) {
            return flags.standbyCluster() ? MemberView.STANDBY_LEADER : MemberView.LEADER;
        }
        boolean voter = view.sync().filter(sync -> sync.hasVoter(member.name())).isPresent();
        if (flags.synchronous() && voter) {
            return flags.quorum() ? "quorum_standby" : "sync_standby";
        }
        return "replica";
    }
}
