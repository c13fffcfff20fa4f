package io.pgha.ctl;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl promote-cluster} (facts §4.2). */
@Command(name = "promote-cluster", description = "Make a standby cluster follow nobody: its leader becomes primary.")
final class PromoteClusterCommand implements Runnable {
    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "Default: the scope of the configuration.")
    private @Nullable String cluster;

    @Option(names = "--force", description = "Ask nothing.")
    private boolean force;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            new ClusterRoleChange(session, program.dialog(), session.cluster(Optional.ofNullable(cluster)), force)
                    .promote();
        }
    }
}
