package io.pgha.agent.runtime;

import io.pgha.config.ConfigLoader;
import io.pgha.config.ConfigResult;
import io.pgha.config.source.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program {@code pgha}. */
public final class Main {
    private Main() {}

    /** Runs the agent, or what an option asks for, and ends the process with one of {@link ExitCode}. */
    public static void main(String[] arguments) {
        // The command line parser is not even loaded where there is nothing to parse: the agent lives for months.
        boolean justAFile = arguments.length == 1 && !arguments[0].startsWith("-");
        int code = justAFile
                ? agent(Optional.of(Path.of(arguments[0])), System.getenv())
                : PghaCommand.execute(arguments, System.getenv());
        // Not exit(): hooks of libraries must not hold what has to end now.
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    /**
     * Runs the agent.
     *
     * @param file the configuration; empty: from the environment
     * @return one of {@link ExitCode}
     */
    static int agent(Optional<Path> file, Map<String, String> environment) {
        Optional<String> user = StartChecks.user();
        if (user.isPresent()) {
            System.err.println("pgha: " + user.get());
            return ExitCode.CONFIGURATION;
        }
        ConfigResult result = ConfigLoader.load(file, environment);
        if (result.config().isEmpty()) {
            Problem.inOrder(result.problems()).forEach(System.err::println);
            System.err.println("pgha: the configuration has errors; nothing was started");
            return ExitCode.CONFIGURATION;
        }
        Logging logging = Logging.start();
        Logger log = LoggerFactory.getLogger(Main.class);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, problem) -> log.error("unexpected error in thread {}", thread.getName(), problem));
        try {
            logging.apply(result.config().get().log());
            List<String> warnings =
                    result.warnings().stream().map(Problem::withoutSeverity).toList();
            warnings.forEach(line -> log.warn("{}", line));
            return new Agent(
                            result.config().get(),
                            file,
                            environment,
                            warnings,
                            logging,
                            new RealBackends(new SystemClock()))
                    .run();
        } catch (IOException e) {
            log.error("log: {}", e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (InterruptedException e) {
            return ExitCode.BUG;
        } catch (RuntimeException | Error e) {
            log.error("unexpected error: this is a bug; the agent ends", e);
            return ExitCode.BUG;
        } finally {
            logging.flush();
        }
    }
}
