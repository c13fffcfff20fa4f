package io.pgha.ctl;

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

/** {@code hactl topology}. */
@Command(name = "topology", description = "Show who replicates from whom.")
final class TopologyCommand implements Runnable {
    @ParentCommand
    private @Nullable Hactl hactl;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CLUSTER", arity = "0..*", description = "Default: the scope of the configuration.")
    private List<String> clusters = new ArrayList<>();

    @Mixin
    private Watch watch = new Watch();

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        ListCommand.show(
                Objects.requireNonNull(hactl, "picocli sets it"),
                Objects.requireNonNull(spec, "picocli sets it"),
                clusters,
                ListCommand.tree(),
                watch);
    }
}
