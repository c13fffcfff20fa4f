package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl reload}. */
@Command(name = "reload", description = "Have members read their configuration again.")
final class ReloadCommand implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(index = "0", paramLabel = "CLUSTER", description = "The cluster.")
    private String cluster = "";

    @Parameters(index = "1..*", paramLabel = "MEMBER", arity = "0..*", description = "Default: all of them.")
    private List<String> named = new ArrayList<>();

    @Option(
            names = {"-r", "--role"},
            paramLabel = "ROLE",
            description = "Only members with this role: ${COMPLETION-CANDIDATES}.")
    private RoleChoice role = RoleChoice.ANY;

    @Option(names = "--force", description = "Ask nothing.")
    private boolean force;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            Dialog dialog = program.dialog();
            MemberChoice.show(session, dialog, cluster);
            ClusterView view = session.store().read(cluster);
            List<Member> chosen = MemberChoice.of(cluster, view, role, named);
            if (!force) {
                dialog.confirm("Are you sure you want to reload members " + MemberChoice.names(chosen) + "?");
            }
            MemberClient members = session.members();
            Silence silence = new Silence();
            for (Member member : chosen) {
                MemberClient.Reply reply = members.send(member, "POST", "/reload", Map.of(), PATIENCE);
                dialog.say(told(member, silence.heard(member, reply), view));
            }
            silence.report("reload");
        }
    }

    private static String told(Member member, MemberClient.Reply reply, ClusterView view) {
        if (reply instanceof MemberClient.Answered answered) {
            return switch (answered.status()) {
                case 200 -> "No changes to apply on member " + member.name();
                case 202 ->
                    "Reload request received for member " + member.name() + " and will be processed within "
                            + loopWait(view) + " seconds";
                default -> MemberChoice.failure("reload", member, reply);
            };
        }
        return MemberChoice.failure("reload", member, reply);
    }

    private static Object loopWait(ClusterView view) {
        return view.config().map(DynamicConfigKey::values).orElse(Map.of()).getOrDefault("loop_wait", 10);
    }
}
