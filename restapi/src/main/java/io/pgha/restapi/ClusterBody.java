package io.pgha.restapi;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.view.ClusterOverview;
import io.pgha.core.view.MemberView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bodies that show the cluster: {@code /cluster} and {@code /history} (facts §3.5, §3.6). Pure. */
final class ClusterBody {
    private static final String UNKNOWN = "unknown";

    private ClusterBody() {}

    static Map<String, Object> of(String scope, ClusterView view) {
        ClusterOverview overview = ClusterOverview.of(view);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("members", overview.members().stream().map(ClusterBody::member).toList());
        if (overview.flags().paused()) {
            body.put("pause", true);
        }
        overview.scheduledSwitchover().ifPresent(request -> {
            Map<String, Object> switchover = new LinkedHashMap<>();
            request.scheduledAt().ifPresent(at -> switchover.put("at", at));
            request.leader().ifPresent(from -> switchover.put("from", from));
            request.candidate().ifPresent(to -> switchover.put("to", to));
            body.put("scheduled_switchover", switchover);
        });
        body.put("scope", scope);
        return body;
    }

    static List<List<Object>> history(ClusterView view) {
        return view.history().orElse(List.of()).stream().map(ClusterBody::line).toList();
    }

    private static List<Object> line(HistoryEntry entry) {
        List<Object> line = new ArrayList<>(
                List.of(entry.timeline().number(), entry.switchPoint().bytes(), entry.reason()));
        entry.promotedAt().ifPresent(line::add);
        entry.newLeader().ifPresent(line::add);
        return line;
    }

    private static Map<String, Object> member(MemberView view) {
        Member member = view.member();
        Map<String, Object> shown = StatusBody.ordered(
                "name", view.name(), "role", view.role(), "state", view.state(), "api_url", member.apiUrl());
        view.address().ifPresent(address -> {
            shown.put("host", address.host());
            shown.put("port", address.port());
        });
        if (member.timeline().isKnown()) {
            shown.put("timeline", member.timeline().number());
        }
        if (member.pendingRestart()) {
            shown.put("pending_restart", true);
            if (!member.pendingRestartReasons().isEmpty()) {
                shown.put("pending_restart_reason", StatusBody.reasons(member.pendingRestartReasons()));
            }
        }
        if (!member.scheduledRestart().isEmpty()) {
            shown.put("scheduled_restart", member.scheduledRestart());
        }
        if (member.unknownFields().get("pgha") instanceof Map<?, ?> ours && ours.containsKey("job")) {
            shown.put("pgha", ours);
        }
        if (!member.tags().values().isEmpty()) {
            shown.put("tags", member.tags().values());
        }
        if (!view.isLeader()) {
            putPosition(shown, "receive_", view, member.receiveLsn());
            putPosition(shown, "replay_", view, member.replayLsn());
            putPosition(shown, "", view, member.xlogLocation());
        }
        return shown;
    }

    private static void putPosition(Map<String, Object> shown, String prefix, MemberView view, Optional<Lsn> position) {
        shown.put(prefix + "lag", position.<Object>map(view::lagOf).orElse(UNKNOWN));
        shown.put(prefix + "lsn", position.map(Lsn::toString).orElse(UNKNOWN));
    }
}
