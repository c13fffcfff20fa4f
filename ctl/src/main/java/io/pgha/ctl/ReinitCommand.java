package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl reinit} (facts §4.2). */
@Command(name = "reinit", description = "Replace the data of replicas by a new copy.")
final class ReinitCommand implements Runnable {
    /** What a member may take to end the Job that it has to cancel, and to begin. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String BUSY = " already in progress";

    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(index = "0", paramLabel = "CLUSTER", description = "The cluster.")
    private String cluster = "";

    @Parameters(index = "1..*", paramLabel = "MEMBER", arity = "0..*", description = "Whose data is to be replaced.")
    private List<String> named = new ArrayList<>();

    @Option(names = "--force", description = "Ask nothing, and cancel what the members are doing.")
    private boolean force;

    @Option(names = "--from-leader", description = "Copy the leader with pg_basebackup, whatever is configured.")
    private boolean fromLeader;

    @Option(names = "--wait", description = "Wait until the copies are made, and show how far they are.")
    private boolean wait;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            Dialog dialog = program.dialog();
            MemberChoice.show(session, dialog, cluster);
            ClusterView view = session.store().read(cluster);
            List<Member> chosen = chosen(view, dialog);
            if (!force) {
                dialog.confirm("Are you sure you want to reinitialize members " + MemberChoice.names(chosen) + "?");
            }
            MemberClient members = session.members();
            CopyWatch watch = new CopyWatch(members, dialog);
            if (wait) {
                watch.remember(chosen);
            }
            Silence silence = new Silence();
            List<Member> begun = chosen.stream()
                    .filter(member -> begun(silence.heard(member, begin(members, member, dialog))))
                    .toList();
            if (wait && !begun.isEmpty()) {
                watch.await(begun);
            }
            silence.report("reinitialize");
        }
    }

    /** Nobody's data is replaced because no name was given. */
    private List<Member> chosen(ClusterView view, Dialog dialog) {
        List<String> names = named;
        if (names.isEmpty()) {
            if (force) {
                throw new CtlException("name the members to reinitialize");
            }
            names = List.of(dialog.line("Which member do you want to reinitialize ["
                    + String.join(", ", view.members().keySet()) + "]? "));
        }
        return MemberChoice.of(cluster, view, RoleChoice.ANY, names);
    }

    private static boolean begun(MemberClient.Reply reply) {
        return reply instanceof MemberClient.Answered answered && answered.status() == 200;
    }

    private MemberClient.Reply begin(MemberClient members, Member member, Dialog dialog) {
        MemberClient.Reply reply = send(members, member, force);
        boolean busy = reply instanceof MemberClient.Answered answered
                && answered.status() == 503
                && answered.text().endsWith(BUSY);
        if (busy && !force) {
            dialog.say(((MemberClient.Answered) reply).text());
            dialog.confirm("Do you want to cancel it and reinitialize anyway?");
            reply = send(members, member, true);
        }
        dialog.say(
                begun(reply)
                        ? "Success: reinitialize for member " + member.name()
                        : MemberChoice.failure("reinitialize", member, reply));
        return reply;
    }

    private MemberClient.Reply send(MemberClient members, Member member, boolean cancelling) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("force", cancelling);
        body.put("from_leader", fromLeader);
        return members.send(member, "POST", "/reinitialize", body, PATIENCE);
    }
}
