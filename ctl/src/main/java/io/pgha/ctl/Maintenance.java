package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.Member;
import io.pgha.core.view.ClusterFlags;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code pause} and {@code resume}: asks the first member that answers, the leader first, to change the configuration. */
enum Maintenance {
    PAUSE("pause", "paused", "Cluster is already paused"),
    RESUME("resume", "resumed", "Cluster is not paused");

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final String verb;
    private final String done;
    private final String alreadySo;

    Maintenance(String verb, String done, String alreadySo) {
        this.verb = verb;
        this.done = done;
        this.alreadySo = alreadySo;
    }

    /** Does it; with {@code waits}, until every member says that it knows. */
    void order(Session session, Dialog dialog, String cluster, Optional<Duration> waits) {
        ClusterView view = session.store().read(cluster);
        if (ClusterFlags.of(view).paused() == (this == PAUSE)) {
            throw new CtlException(alreadySo);
        }
        MemberClient.Answered answer = send(session.members(), view);
        if (answer.status() != 200) {
            dialog.say("Failed: " + verb + " cluster management status code=" + answer.status() + ", (" + answer.text()
                    + ")");
            return;
        }
        Optional<List<String>> ignorant = waits.map(longest -> {
            dialog.say("'" + verb + "' request sent, waiting until it is recognized by all nodes");
            return await(session, cluster, longest);
        });
        if (ignorant.filter(names -> !names.isEmpty()).isPresent()) {
            dialog.say("Failed: not recognized yet by " + String.join(", ", ignorant.get()));
        } else {
            dialog.say("Success: cluster management is " + done);
        }
    }

    /** How long {@code --wait} waits: loop_wait and a second. */
    static Duration patience(ClusterView view) {
        Object loopWait =
                view.config().map(DynamicConfigKey::values).orElse(Map.of()).getOrDefault("loop_wait", 10);
        return Duration.ofSeconds((loopWait instanceof Number number ? Math.max(1, number.longValue()) : 10) + 1);
    }

    private MemberClient.Answered send(MemberClient members, ClusterView view) {
        Map<String, Object> patch = this == PAUSE ? Map.of("pause", true) : Collections.singletonMap("pause", null);
        List<Member> asked = MemberChoice.leaderFirst(view).stream()
                .filter(member -> member.apiUrl().isPresent())
                .toList();
        for (Member member : asked) {
            if (members.send(member, "PATCH", "/config", patch, PATIENCE) instanceof MemberClient.Answered answered) {
                return answered;
            }
        }
        throw new CtlException("Can not find accessible cluster member");
    }

    /** The members that do not know it in time. */
    private List<String> await(Session session, String cluster, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            List<String> ignorant = session.store().read(cluster).members().values().stream()
                    .filter(member -> member.pause() != (this == PAUSE))
                    .map(Member::name)
                    .toList();
            if (ignorant.isEmpty() || System.nanoTime() >= end || Interruption.comesWithin(LOOK)) {
                return ignorant;
            }
        }
    }
}
