package io.pgha.agent.loop;

import io.pgha.agent.port.Configuration;
import io.pgha.agent.port.MemberIdentity;
import io.pgha.core.decide.Situation;
import io.pgha.core.decide.SlotCopyQueue;
import io.pgha.core.model.ForeignData;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.Role;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.ShortestTtl;
import io.pgha.core.view.JobView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What this node publishes of itself (facts §1.4). */
final class MemberKey {
    private MemberKey() {}

    static Member of(Situation situation, Configuration configuration, Role role) {
        MemberIdentity identity = configuration.identity();
        MemberBuilder member = new MemberBuilder(situation.me())
                .connUrl(identity.connUrl())
                .apiUrl(identity.apiUrl())
                .state(ShownState.of(situation))
                .role(role)
                .version(identity.version())
                .tags(situation.settings().tags())
                .pause(situation.memory().paused())
                .pendingRestart(
                        !situation.local().pendingRestartReasons().isEmpty(),
                        situation.local().pendingRestartReasons());
        situation
                .orders()
                .operator()
                .scheduledRestart()
                .ifPresent(restart -> member.scheduledRestart(restart.published()));
        Map<String, Object> ours = new LinkedHashMap<>();
        ours.put(ShortestTtl.FIELD, configuration.shortestTtl().toSeconds());
        ForeignData.of(situation.view(), situation.local().systemIdentifier())
                .ifPresent(identifier -> ours.put(ForeignData.FIELD, identifier));
        SlotCopyQueue.first(situation).ifPresent(first -> ours.put(SlotCopyQueue.FIELD, first));
        situation
                .job()
                .running()
                .filter(job -> job.bytes().isPresent())
                .ifPresent(job -> ours.put("job", JobView.of(job)));
        member.unknownField(ShortestTtl.OURS, ours);
        identity.proxyUrl().ifPresent(member::proxyUrl);
        boolean tellsPosition = !situation.job().isRunning() || situation.job().isRunning(JobKind.PROMOTE);
        situation.local().server().filter(status -> tellsPosition).ifPresent(status -> position(member, status));
        if (checkpointIsDue(situation)) {
            member.checkpointAfterPromote(Optional.of(false));
        }
        return member.build();
    }

    private static void position(MemberBuilder member, ServerStatus status) {
        member.xlogLocation(status.walPosition()).timeline(status.timeline());
        if (status.inRecovery()) {
            status.received().filter(lsn -> !lsn.equals(Lsn.ZERO)).ifPresent(member::receiveLsn);
            status.replayed().filter(lsn -> !lsn.equals(Lsn.ZERO)).ifPresent(member::replayLsn);
            status.replicationState().ifPresent(member::replicationState);
        }
    }

    /** Whether this primary has not yet written the first checkpoint of its timeline (facts §5.9 rule 4). */
    static boolean checkpointIsDue(Situation situation) {
        return situation.local().runsAsPrimary()
                && situation
                        .local()
                        .control()
                        .filter(control -> situation.timeline().isAfter(control.checkpointTimeline()))
                        .isPresent();
    }
}
