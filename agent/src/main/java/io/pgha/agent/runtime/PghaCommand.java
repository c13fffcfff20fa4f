package io.pgha.agent.runtime;

import io.pgha.config.ValidateConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of {@code pgha} (facts §2.13). */
@Command(
        name = "pgha",
        mixinStandardHelpOptions = true,
        versionProvider = PghaCommand.Versions.class,
        description = "The agent that keeps one PostgreSQL server of a cluster available.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:told to end, or nothing is wrong",
            "1:cannot run now: the name or a port is taken, another cluster's data; --validate-config found errors",
            "2:bad command line",
            "70:a bug; PostgreSQL was stopped if it could have been the leader",
            "78:configuration, user or installation are wrong: starting again does not help"
        })
final class PghaCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "CONFIG",
            description = "YAML file, or directory of such files; without it the environment (PATRONI_*, PGHA_*).")
    private @Nullable Path file;

    @ArgGroup
    private @Nullable Mode mode;

    @Option(
            names = {"-i", "--ignore-listen-port"},
            description = "With --validate-config: do not look whether the ports are in use.")
    private boolean ignorePorts;

    @Option(
            names = {"-p", "--print"},
            description = "With --validate-config: print the configuration, environment included; secrets are masked.")
    private boolean print;

    /** What to do instead of running. */
    static final class Mode {
        @Option(names = "--validate-config", description = "Say what is wrong with the configuration, and end.")
        private boolean validate;

        @Option(
                names = "--generate-sample-config",
                description = "Write a configuration to start from, to CONFIG or to standard output, and end.")
        private boolean sample;
    }

    private PghaCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Parses and executes. */
    static int execute(String[] arguments, Map<String, String> environment) {
        return new CommandLine(new PghaCommand(environment)).execute(arguments);
    }

    @Override
    public Integer call() {
        Mode asked = mode == null ? new Mode() : mode;
        if ((ignorePorts || print) && !asked.validate) {
            throw bad("--ignore-listen-port and --print belong to --validate-config");
        }
        if (asked.sample) {
            return sample();
        }
        if (file == null && !configuredByEnvironment()) {
            throw bad("name the configuration: pgha CONFIG (usually /etc/pgha/pgha.yml)");
        }
        if (asked.validate) {
            return new ValidateConfig(environment, System.out, System.err).run(Optional.ofNullable(file), options());
        }
        return Main.agent(Optional.ofNullable(file), environment);
    }

    private Set<ValidateConfig.Option> options() {
        Set<ValidateConfig.Option> options = EnumSet.noneOf(ValidateConfig.Option.class);
        if (ignorePorts) {
            options.add(ValidateConfig.Option.IGNORE_LISTEN_PORT);
        }
        if (print) {
            options.add(ValidateConfig.Option.PRINT);
        }
        return options;
    }

    private boolean configuredByEnvironment() {
        return environment.keySet().stream()
                .anyMatch(name -> name.startsWith("PATRONI_") || name.equals("PGHA_SCOPE") || name.equals("PGHA_NAME"));
    }

    private int sample() {
        String text = SampleConfig.text();
        try {
            if (file == null) {
                System.out.print(text);
            } else if (Files.exists(file)) {
                throw bad(file + " exists and is not overwritten");
            } else {
                Files.writeString(file, text);
            }
            return ExitCode.OK;
        } catch (IOException | UncheckedIOException e) {
            System.err.println("pgha: cannot write " + file + ": " + e.getMessage());
            return ExitCode.REFUSED;
        }
    }

    private ParameterException bad(String message) {
        if (spec == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(spec.commandLine(), message);
    }

    /** For {@code --version}. */
    static final class Versions implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"pgha " + Version.current()};
        }
    }
}
