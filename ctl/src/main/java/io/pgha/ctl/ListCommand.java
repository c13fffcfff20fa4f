package io.pgha.ctl;

import io.pgha.config.ConfigCatalog;
import io.pgha.config.source.Problem;
import io.pgha.config.source.Severity;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.ctl.table.Format;
import io.pgha.ctl.table.Printable;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code hactl list}. */
@Command(name = "list", description = "Show the members of clusters.", mixinStandardHelpOptions = false)
final class ListCommand implements Runnable {
    @ParentCommand
    private @Nullable Hactl hactl;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CLUSTER", arity = "0..*", description = "Default: the scope of the configuration.")
    private List<String> clusters = new ArrayList<>();

    @Option(
            names = {"-e", "--extended"},
            description = "Show all columns.")
    private boolean extended;

    @Option(
            names = {"-t", "--timestamp"},
            description = "Begin with the time.")
    private boolean timestamp;

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private Watch watch = new Watch();

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        show(
                Objects.requireNonNull(hactl, "picocli sets it"),
                Objects.requireNonNull(spec, "picocli sets it"),
                clusters,
                new MemberListing(format.format, extended, timestamp),
                watch);
    }

    static void show(Hactl hactl, CommandSpec spec, List<String> named, MemberListing listing, Watch watch) {
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = hactl.open()) {
            List<String> clusters = session.clusters(named);
            if (clusters.isEmpty()) {
                throw new CtlException(
                        "no cluster is named: pass its name, or a configuration with the key scope: -c FILE"
                                + " (default: /etc/pgha/pgha.yml, then /etc/patroni/config.yml)");
            }
            PrintWriter err = spec.commandLine().getErr();
            try {
                clusters.forEach(name -> remark(session, name).ifPresent(text -> err.println(Printable.line(text))));
                watch.print(out, () -> listing.print(session, clusters, Clock.system(ZoneId.systemDefault())));
            } catch (DcsSilentException e) {
                clusters.forEach(name -> LocalAgent.says(session, name, answer -> WhyCommand.lines(answer, List.of()))
                        .forEach(line -> err.println(Printable.line(line))));
                throw e;
            }
        }
    }

    /** What Patroni's list does not say, for people on stderr. */
    private static Optional<String> remark(Session session, String name) {
        ClusterView view = session.store().read(name);
        if (view.members().isEmpty()
                && view.initialize().isEmpty()
                && view.config().isEmpty()) {
            return Optional.of("there is no cluster " + name + ": nothing of it stands in etcd");
        }
        return view.config().flatMap(ListCommand::unusable);
    }

    private static Optional<String> unusable(DynamicConfigKey config) {
        Optional<String> trouble = config.valid()
                ? ConfigCatalog.check(config.values()).stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .findFirst()
                        .map(Problem::withoutSeverity)
                : Optional.of("it is no JSON object");
        return trouble.map(
                why -> "the cluster-wide configuration is not used, members of pgha keep the last good one: " + why);
    }

    /** How a tree is shown. */
    static MemberListing tree() {
        return new MemberListing(Format.TOPOLOGY, false, false);
    }
}
