package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Member;
import io.pgha.ctl.table.Printable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code hactl version}. */
@Command(name = "version", description = "Show the version of hactl, and those of members.")
final class VersionCommand implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @ParentCommand
    private @Nullable Hactl hactl;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CLUSTER", arity = "0..1", description = "Ask its members, too.")
    private @Nullable String cluster;

    @Parameters(index = "1..*", paramLabel = "MEMBER", arity = "0..*", description = "Default: all of them.")
    private List<String> members = new ArrayList<>();

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        PrintWriter out =
                Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        out.println("hactl version " + Hactl.version());
        if (cluster == null) {
            return;
        }
        try (Session session = Objects.requireNonNull(hactl, "picocli sets it").open()) {
            ClusterView view = session.existing(cluster);
            List<String> unknown = members.stream()
                    .filter(name -> !view.members().containsKey(name))
                    .toList();
            if (!unknown.isEmpty()) {
                throw new CtlException("cluster " + cluster + " has no member " + String.join(", ", unknown)
                        + "; it has " + String.join(", ", view.members().keySet()));
            }
            out.println();
            session.members()
                    .ask(chosen(view), PATIENCE)
                    .forEach((name, answer) -> out.println(Printable.line(name + ": " + describe(answer))));
        }
    }

    private List<Member> chosen(ClusterView view) {
        return view.members().values().stream()
                .filter(member -> members.isEmpty() || members.contains(member.name()))
                .toList();
    }

    private static String describe(MemberClient.Answer answer) {
        if (answer instanceof MemberClient.Status given) {
            MemberStatus status = given.status();
            return "Patroni " + status.patroniVersion().orElse("unknown")
                    + status.serverVersion()
                            .map(version -> " PostgreSQL " + version)
                            .orElse("")
                    + status.pghaVersion()
                            .map(version -> " (pgha " + version + ")")
                            .orElse("");
        }
        return "failed to get version: " + (answer instanceof MemberClient.Silent silent ? silent.reason() : "");
    }
}
