package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code hactl flush CLUSTER switchover} and {@code hactl flush CLUSTER [MEMBER...] restart} (facts §4.2). */
@Command(name = "flush", description = "Forget a scheduled switchover or scheduled restarts.")
final class FlushCommand implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final FailoverRequest NOTHING =
            new FailoverRequest(Optional.empty(), Optional.empty(), Optional.empty(), 0);
    private static final String SWITCHOVER = "switchover";
    private static final String RESTART = "restart";

    @ParentCommand
    private @Nullable Hactl hactl;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CLUSTER", description = "The cluster.")
    private String cluster = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "[MEMBER...] switchover|restart",
            description = "What is to be forgotten; restarts of all members when none is named.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-r", "--role"},
            paramLabel = "ROLE",
            description = "Only restarts of members with this role: ${COMPLETION-CANDIDATES}.")
    private RoleChoice role = RoleChoice.ANY;

    @Option(names = "--force", description = "Ask nothing.")
    private boolean force;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        String target = words.get(words.size() - 1);
        List<String> named = words.subList(0, words.size() - 1);
        if (!target.equals(RESTART) && !(target.equals(SWITCHOVER) && named.isEmpty())) {
            throw new ParameterException(
                    Objects.requireNonNull(spec, "picocli sets it").commandLine(),
                    "say what is to be forgotten: 'switchover', or members and 'restart'");
        }
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            if (target.equals(RESTART)) {
                restarts(session, program.dialog(), named);
            } else {
                program.dialog().say(flush(session, session.store().read(cluster)));
            }
        }
    }

    private void restarts(Session session, Dialog dialog, List<String> named) {
        MemberChoice.show(session, dialog, cluster);
        List<Member> chosen = MemberChoice.of(cluster, session.store().read(cluster), role, named);
        if (!force) {
            dialog.confirm(
                    "Are you sure you want to flush scheduled restarts of members " + MemberChoice.names(chosen) + "?");
        }
        MemberClient members = session.members();
        Silence silence = new Silence();
        for (Member member : chosen) {
            if (member.scheduledRestart().isEmpty()) {
                dialog.say("No scheduled restart for member " + member.name());
            } else {
                silence.heard(member, restart(members, member, dialog));
            }
        }
        silence.report("flush");
    }

    /** Has one member forget its restart. */
    static MemberClient.Reply restart(MemberClient members, Member member, Dialog dialog) {
        MemberClient.Reply reply = members.send(member, "DELETE", "/restart", Map.of(), PATIENCE);
        int status = reply instanceof MemberClient.Answered answered ? answered.status() : 0;
        dialog.say(
                switch (status) {
                    case 200 -> "Success: flush scheduled restart for member " + member.name();
                    case 404 -> "No scheduled restart for member " + member.name();
                    default -> MemberChoice.failure("flush scheduled restart", member, reply);
                });
        return reply;
    }

    private String flush(Session session, ClusterView view) {
        boolean scheduled = view.failover()
                .filter(FailoverRequest::isPresent)
                .flatMap(FailoverRequest::scheduledAt)
                .isPresent();
        if (!scheduled) {
            return "No pending scheduled switchover";
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
