package io.pgha.ctl;

import io.pgha.ctl.table.Printable;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code hactl}, the operator's command: what a cluster is doing, and what it is told to do (facts §4).
 *
 * <p>Exit status: 0, 1 when a command could not be carried out, 2 when the command line makes no sense.
 */
@Command(
        name = "hactl",
        description = "Shows and steers PostgreSQL clusters run by pgha or Patroni.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        footer = {
            "",
            "The configuration is that of an agent. Without -c: $HACTL_CONFIG_FILE, $PATRONICTL_CONFIG_FILE,",
            "/etc/pgha/pgha.yml, /etc/patroni/config.yml, ~/.config/patroni/patronictl.yaml.",
            "Exit status: 0; 1 when a command could not be carried out; 2 when it makes no sense."
        },
        subcommands = {
            ListCommand.class,
            TopologyCommand.class,
            HistoryCommand.class,
            EventsCommand.class,
            WhyCommand.class,
            ShowConfigCommand.class,
            VersionCommand.class,
            SwitchoverCommand.class,
            FailoverCommand.class,
            DemoteClusterCommand.class,
            PromoteClusterCommand.class,
            EditConfigCommand.class,
            ReloadCommand.class,
            MaintenanceCommand.Pause.class,
            MaintenanceCommand.Resume.class,
            RestartCommand.class,
            ReinitCommand.class,
            FlushCommand.class,
            RemoveCommand.class,
            DsnCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class,
        })
public final class Hactl implements Runnable {
    private static final int FAILED = 1;

    private final Backend backend;
    private final Map<String, String> environment;
    private final BufferedReader in;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-c", "--config-file"},
            paramLabel = "FILE",
            description = "Configuration of an agent: a YAML file, or a directory of them.")
    private @Nullable Path configFile;

    @Option(
            names = {"-d", "--dcs-url", "--dcs"},
            paramLabel = "URL",
            description = "etcd://HOST:PORT/NAMESPACE, in place of what the configuration says. Also $$DCS_URL.")
    private @Nullable String dcsUrl;

    @Option(
            names = {"-k", "--insecure"},
            description = "Do not verify the certificates of members.")
    private boolean insecure;

    @Mixin
    HelpOption help = new HelpOption();

    Hactl(Backend backend, Map<String, String> environment, Reader in) {
        this.backend = backend;
        this.environment = environment;
        this.in = new BufferedReader(in);
    }

    public static void main(String[] args) {
        // gRPC tells of itself through java.util.logging, which prints on stderr unless its configuration is empty.
        System.setProperty("java.util.logging.config.file", "/dev/null");
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Reader in = new InputStreamReader(System.in, Charset.defaultCharset());
        int status = run(new EtcdBackend(), System.getenv(), in, out, err, args);
        out.flush();
        // Threads of the etcd client may linger; nothing that they do matters any more.
        Runtime.getRuntime().halt(status);
    }

    /** Runs one command line and gives the exit status. */
    static int run(
            Backend backend,
            Map<String, String> environment,
            Reader in,
            PrintWriter out,
            PrintWriter err,
            String... args) {
        CommandLine line = new CommandLine(new Hactl(backend, environment, in));
        line.setOut(out);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setErr(err);
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            out.flush();
            err.println("Error: " + explain(e));
            return FAILED;
        });
        return line.execute(args);
    }

    private static String explain(Exception e) {
        if (e instanceof CtlException) {
            // Lines of ours, with values from outside in them.
            return String.join(
                    "\n",
                    String.valueOf(e.getMessage()).lines().map(Printable::line).toList());
        }
        return "unexpected: " + Printable.line(e.toString());
    }

    Session open() {
        Optional<String> url = Optional.ofNullable(dcsUrl)
                .or(() -> Optional.ofNullable(environment.get("DCS_URL")))
                .filter(text -> !text.isEmpty());
        return Session.open(Optional.ofNullable(configFile), url, insecure, backend, environment);
    }

    /** Who sits in front of it. */
    Dialog dialog() {
        CommandSpec command = java.util.Objects.requireNonNull(spec, "picocli sets it");
        return new Dialog(
                in, command.commandLine().getOut(), command.commandLine().getErr());
    }

    @Override
    public void run() {
        CommandSpec command = java.util.Objects.requireNonNull(spec, "picocli sets it");
        throw new ParameterException(command.commandLine(), "Missing command");
    }

    /** The version of this program. */
    static String version() {
        String version = Hactl.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
