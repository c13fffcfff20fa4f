package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.ctl.table.Format;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl remove}. */
@Command(name = "remove", description = "Delete everything that etcd holds of a cluster. Touches no data.")
final class RemoveCommand implements Runnable {
    private static final String PHRASE = "Yes I am aware";

    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private String cluster = "";

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            converter = FormatOption.Converter.class,
            description = "How the members are shown first: pretty, tsv, json, yaml.")
    private Format format = Format.PRETTY;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            Dialog dialog = program.dialog();
            ClusterView view = session.store().read(cluster);
            dialog.show(new MemberListing(format, false, false)
                    .print(session, List.of(cluster), Clock.system(ZoneId.systemDefault())));
            mustMatch(dialog, "Please confirm the cluster name to remove", cluster);
            mustMatch(
                    dialog,
                    "You are about to remove all information in DCS for " + cluster + ", please type: \"" + PHRASE
                            + "\"",
                    PHRASE);
            view.leader()
                    .ifPresent(lock -> mustMatch(
                            dialog,
                            "This cluster currently is healthy. Please specify the leader name to continue",
                            lock.holder()));
            session.store().remove(cluster);
        }
    }

    private static void mustMatch(Dialog dialog, String question, String wanted) {
        if (!dialog.line(question + ": ").equals(wanted)) {
            throw new CtlException("that is not \"" + wanted + "\": nothing was removed");
        }
    }
}
