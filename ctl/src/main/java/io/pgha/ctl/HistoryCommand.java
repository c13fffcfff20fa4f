package io.pgha.ctl;

import io.pgha.ctl.table.HistoryTable;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code hactl history}. */
@Command(name = "history", description = "Show when and where timelines ended.")
final class HistoryCommand implements Runnable {
    @ParentCommand
    private @Nullable Hactl hactl;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "Default: the scope of the configuration.")
    private @Nullable String cluster;

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        try (Session session = Objects.requireNonNull(hactl, "picocli sets it").open()) {
            String name = session.cluster(Optional.ofNullable(cluster));
            Objects.requireNonNull(spec, "picocli sets it")
                    .commandLine()
                    .getOut()
                    .print(HistoryTable.render(session.existing(name), format.format));
        }
    }
}
