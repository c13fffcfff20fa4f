package io.pgha.config;

import io.pgha.config.machine.MachineChecks;
import io.pgha.config.machine.Programs;
import io.pgha.config.schema.SecretKeys;
import io.pgha.config.source.KeyPath;
import io.pgha.config.source.Problem;
import io.pgha.config.source.Severity;
import io.pgha.config.source.SourceTree;
import io.pgha.config.source.Yaml;
import io.pgha.config.value.Values;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code pgha --validate-config}: everything that is wrong with a configuration, and whether this machine fits it. */
public final class ValidateConfig {

    /** What the command line asks for. */
    public enum Option {
        /** {@code -i}: do not look whether the ports are in use. */
        IGNORE_LISTEN_PORT,
        /** {@code -p}: print the configuration, environment included, as YAML; secrets are masked. */
        PRINT
    }

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * A validation for a command line.
     *
     * @param environment usually {@link System#getenv()}
     * @param out gets the configuration where it is asked for
     * @param err gets one line for each problem ({@code file:line: severity: key: message}) and a summary
     */
    public ValidateConfig(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Validates and prints.
     *
     * @param file empty: the configuration is in the environment
     * @return the exit code: 1 if there are errors, else 0
     */
    public int run(Optional<Path> file, Set<Option> options) {
        ConfigResult result = ConfigLoader.load(file, environment);
        String source = file.map(Path::toString).orElse("environment");
        List<Problem> problems = new ArrayList<>(result.problems());
        if (!result.tree().values().isEmpty()) {
            problems.addAll(machine(result.tree(), source, options));
        }
        if (options.contains(Option.PRINT) && !result.tree().values().isEmpty()) {
            out.print(Yaml.write(SecretKeys.masked(result.tree().values())));
            out.flush();
        }
        Problem.inOrder(problems).forEach(err::println);
        long errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
        err.println(source + ": " + counted(errors, "error") + ", " + counted(problems.size() - errors, "warning"));
        err.flush();
        return errors == 0 ? 0 : 1;
    }

    private List<Problem> machine(SourceTree tree, String source, Set<Option> options) {
        Values values = new Values(tree.values());
        Values postgresql = values.section("postgresql");
        MachineChecks checks = new MachineChecks(tree, source);
        if (!options.contains(Option.IGNORE_LISTEN_PORT)) {
            values.section("restapi")
                    .filled("listen")
                    .flatMap(HostPort::parse)
                    .ifPresent(listen -> checks.listens(KeyPath.of("restapi", "listen"), listen.host(), listen.port()));
            postgresql
                    .filled("listen")
                    .flatMap(ListenAddress::parse)
                    .ifPresent(listen -> listen.addresses()
                            .forEach(address ->
                                    checks.listens(KeyPath.of("postgresql", "listen"), address, listen.port())));
        }
        etcd(values, checks);
        if (postgresql.map().isEmpty()) {
            return checks.problems();
        }
        Programs programs = new Programs(
                Sections.path(postgresql, "bin_dir"),
                postgresql.settings("bin_name"),
                environment.getOrDefault("PATH", "/usr/bin:/bin"));
        checks.programs(KeyPath.of("postgresql", "bin_dir"), programs);
        Sections.path(postgresql, "data_dir")
                .ifPresent(
                        directory -> checks.dataDirectory(KeyPath.of("postgresql", "data_dir"), directory, programs));
        return checks.problems();
    }

    private static void etcd(Values values, MachineChecks checks) {
        Optional<EtcdConfig> etcd = EtcdSection.read(values);
        if (etcd.isPresent() && etcd.get().discovery() instanceof EtcdConfig.Hosts hosts) {
            List<InetSocketAddress> servers = hosts.hosts().stream()
                    .map(host -> InetSocketAddress.createUnresolved(host.host(), host.port()))
                    .toList();
            checks.reaches(KeyPath.of(EtcdSection.nameIn(values).orElse("etcd")), servers);
        }
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
