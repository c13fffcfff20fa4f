package io.pgha.ctl;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl failover}. */
@Command(name = "failover", description = "Have a member take over, also where nobody leads.")
final class FailoverCommand implements Runnable {
    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "Default: the scope of the configuration.")
    private @Nullable String cluster;

    @Option(names = "--candidate", paramLabel = "NAME", description = "Who is to take over.")
    private @Nullable String candidate;

    @Option(names = "--force", description = "Ask nothing.")
    private boolean force;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            String name = session.cluster(Optional.ofNullable(cluster));
            new Handover(HandoverAction.FAILOVER, session, program.dialog(), name)
                    .run(new Handover.Wishes(
                            Optional.empty(), Optional.ofNullable(candidate), Optional.empty(), force));
        }
    }
}
