package io.pgha.ctl;

import io.pgha.core.view.ClusterOverview;
import io.pgha.core.view.HostPort;
import io.pgha.core.view.MemberView;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl dsn}. */
@Command(name = "dsn", description = "Print host and port of a member, for psql and its like.")
final class DsnCommand implements Runnable {
    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "Default: the scope of the configuration.")
    private @Nullable String cluster;

    @ArgGroup
    private Choice choice = new Choice();

    /** One of them at most. */
    static final class Choice {
        @Option(
                names = {"-r", "--role"},
                paramLabel = "ROLE",
                description = "The first with this role: ${COMPLETION-CANDIDATES}; default: leader.")
        private @Nullable RoleChoice role;

        @Option(
                names = {"-m", "--member"},
                paramLabel = "NAME",
                description = "This member.")
        private @Nullable String member;
    }

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            String name = session.cluster(Optional.ofNullable(cluster));
            HostPort address = ClusterOverview.of(session.store().read(name)).members().stream()
                    .filter(this::wanted)
                    .flatMap(member -> member.address().stream())
                    .findFirst()
                    .orElseThrow(() -> new CtlException("cluster " + name + " has no such member"));
            program.dialog().say("host=" + address.host() + " port=" + address.port());
        }
    }

    private boolean wanted(MemberView member) {
        if (choice.member != null) {
            return member.name().equals(choice.member);
        }
        return (choice.role == null ? RoleChoice.LEADER : choice.role).includes(member);
    }
}
