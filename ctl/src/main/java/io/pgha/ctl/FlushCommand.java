package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.Member;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl flush CLUSTER switchover}. */
@Command(name = "flush", description = "Forget a scheduled switchover.")
final class FlushCommand implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final FailoverRequest NOTHING =
            new FailoverRequest(Optional.empty(), Optional.empty(), Optional.empty(), 0);

    /** What can be scheduled. */
    enum Target {
        SWITCHOVER;

        @Override
        public String toString() {
            return "switchover";
        }
    }

    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(index = "0", paramLabel = "CLUSTER", description = "The cluster.")
    private String cluster = "";

    @Parameters(index = "1", paramLabel = "switchover", description = "What is to be forgotten.")
    private Target target = Target.SWITCHOVER;

    @Option(names = "--force", description = "For scripts written for patronictl; nothing is asked anyway.")
    @SuppressWarnings("UnusedVariable") // there is nothing to confirm
    private boolean force;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            program.dialog().say(flush(session, session.store().read(cluster)));
        }
    }

    private String flush(Session session, ClusterView view) {
        boolean scheduled = view.failover()
                .filter(FailoverRequest::isPresent)
                .flatMap(FailoverRequest::scheduledAt)
                .isPresent();
        if (!scheduled) {
            return "No pending scheduled " + target;
        }
        List<Member> leaderFirst = view.members().values().stream()
                .sorted(Comparator.comparing(member -> !view.isLedBy(member.name())))
                .toList();
        MemberClient members = session.members();
        for (Member member : leaderFirst) {
            MemberClient.Reply reply = members.send(member, "DELETE", "/switchover", Map.of(), PATIENCE);
            if (reply instanceof MemberClient.Answered answered && answered.status() == 200) {
                return "Success: scheduled switchover deleted";
            }
            if (reply instanceof MemberClient.Answered answered
                    && (answered.status() == 404 || answered.status() == 409)) {
                return "Failed: " + answered.text();
            }
        }
        session.store().writeFailover(cluster, NOTHING);
        return "Success: scheduled switchover deleted (no member answered; it was deleted in the DCS)";
    }
}
