package io.pgha.ctl;

import io.pgha.ctl.table.EventTable;
import io.pgha.ctl.table.Printable;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code hactl events}: ours. */
@Command(
        name = "events",
        description = "Show what members decided and were told; of dead ones, the last that is known.")
final class EventsCommand implements Runnable {
    private static final int MOST = 400;

    @ParentCommand
    private @Nullable Hactl hactl;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "Default: the scope of the configuration.")
    private @Nullable String cluster;

    @Option(
            names = {"-m", "--member"},
            paramLabel = "MEMBER",
            description = "Only those of this member.")
    private @Nullable String member;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "The last N of each member (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int limit;

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        var line = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(line, "--limit: a number from 1 to " + MOST);
        }
        try (Session session = Objects.requireNonNull(hactl, "picocli sets it").open()) {
            String name = session.cluster(Optional.ofNullable(cluster));
            EventCollection found = EventCollection.of(session, name, Optional.ofNullable(member), limit);
            line.getOut().print(EventTable.render(found.all(), format.format));
            line.getOut().flush();
            found.remarks().forEach(remark -> line.getErr().println(Printable.line(remark)));
        }
    }
}
