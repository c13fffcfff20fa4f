package io.pgha.ctl;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl switchover}. */
@Command(name = "switchover", description = "Hand over from the leader to another member, now or later.")
final class SwitchoverCommand implements Runnable {
    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "Default: the scope of the configuration.")
    private @Nullable String cluster;

    @Option(
            names = {"--leader", "--primary"},
            paramLabel = "NAME",
            description = "The present leader; refused if it is another one.")
    private @Nullable String leader;

    @Option(names = "--candidate", paramLabel = "NAME", description = "Who is to take over; default: whoever is able.")
    private @Nullable String candidate;

    @Option(
            names = "--scheduled",
            paramLabel = "TIME",
            description = "When, for example 2026-11-21T01:00+00:00; without zone: that of this machine. Default: now.")
    private @Nullable String scheduled;

    @Option(names = "--force", description = "Ask nothing.")
    private boolean force;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            String name = session.cluster(Optional.ofNullable(cluster));
            new Handover(HandoverAction.SWITCHOVER, session, program.dialog(), name)
                    .run(new Handover.Wishes(
                            Optional.ofNullable(leader),
                            Optional.ofNullable(candidate),
                            Optional.ofNullable(scheduled),
                            force));
        }
    }
}
