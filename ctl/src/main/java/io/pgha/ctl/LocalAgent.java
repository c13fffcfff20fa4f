package io.pgha.ctl;

import io.pgha.config.AgentAddress;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the agent of this configuration says of itself, for when etcd does not answer. Ours. */
final class LocalAgent {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private LocalAgent() {}

    /**
     * Lines for people; none where the configuration is of no agent of this cluster.
     *
     * @param story what is told of a member that answered, or did not
     */
    static List<String> says(Session session, String cluster, Function<MemberClient.Answer, List<String>> story) {
        Optional<AgentAddress> agent = session.agentOf(cluster);
        if (agent.isEmpty()) {
            return List.of();
        }
        Member member = new MemberBuilder(agent.get().name())
                .apiUrl(agent.get().apiUrl())
                .build();
        MemberClient.Answer answer =
                session.members().ask(List.of(member), PATIENCE).get(member.name());
        if (answer == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("etcd cannot be read. The agent of this configuration, "
                + agent.get().apiUrl() + ", says:");
        List<String> told = story.apply(answer);
        lines.add(member.name() + ": " + told.get(0));
        lines.addAll(told.subList(1, told.size()));
        if (answer instanceof MemberClient.Status given) {
            outage(given.status()).forEach(line -> lines.add("    " + line));
        }
        return lines;
    }

    private static List<String> outage(MemberStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add("PostgreSQL is " + status.state() + " as " + status.role());
        lines.add(failsafe(status));
        status.dcsLastSeen().ifPresent(at -> lines.add("it heard of etcd last at " + at));
        return lines;
    }

    private static String failsafe(MemberStatus status) {
        if (status.failsafeIsActive()) {
            return "failsafe mode is active: "
                    + (status.role().equals("primary")
                            ? "the other members have promised not to lead"
                            : "this member has promised the primary not to lead");
        }
        return status.failsafeIsOn()
                .map(on -> on ? "failsafe mode is on, and not active now" : "failsafe mode is off")
                .orElse("failsafe mode is not active");
    }
}
