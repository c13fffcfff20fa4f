package io.pgha.ctl;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl pause} and {@code hactl resume}, which differ in what they order. */
abstract class MaintenanceCommand implements Runnable {
    private final Maintenance wanted;

    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "Default: the scope of the configuration.")
    private @Nullable String cluster;

    @Option(names = "--wait", description = "Wait until every member knows it, for loop_wait and a second at most.")
    private boolean wait;

    @Mixin
    HelpOption help = new HelpOption();

    private MaintenanceCommand(Maintenance wanted) {
        this.wanted = wanted;
    }

    @Command(name = "pause", description = "Have the members of a cluster leave everything as it is.")
    static final class Pause extends MaintenanceCommand {
        Pause() {
            super(Maintenance.PAUSE);
        }
    }

    @Command(name = "resume", description = "End the pause of a cluster.")
    static final class Resume extends MaintenanceCommand {
        Resume() {
            super(Maintenance.RESUME);
        }
    }

    @Override
    public void run() {
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            String name = session.cluster(Optional.ofNullable(cluster));
            wanted.order(
                    session,
                    program.dialog(),
                    name,
                    wait ? Optional.of(Maintenance.patience(session.store().read(name))) : Optional.empty());
        }
    }
}
