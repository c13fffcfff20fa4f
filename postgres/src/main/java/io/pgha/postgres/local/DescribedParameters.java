package io.pgha.postgres.local;

import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.process.Programs;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names that {@code postgres --describe-config} knows (facts §6.4); asked once for each set of programs. */
final class DescribedParameters {
    private static final Logger log = LoggerFactory.getLogger(DescribedParameters.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final CommandRunner runner;
    private Optional<Known> known = Optional.empty();

    DescribedParameters(CommandRunner runner) {
        this.runner = runner;
    }

    synchronized Set<String> names(Programs programs) {
        if (known.filter(last -> last.programs().equals(programs)).isEmpty()) {
            CommandOutcome outcome = runner.run(Command.of(programs.path("postgres"), "--describe-config"), TIMEOUT);
            if (!outcome.successful()) {
                log.warn("postgres --describe-config: {}", outcome.complaint());
                return Set.of();
            }
            known = Optional.of(new Known(
                    programs,
                    outcome.output().lines().map(line -> line.split("\t", 2)[0]).collect(Collectors.toSet())));
        }
        return known.get().names();
    }

    private record Known(Programs programs, Set<String> names) {}
}
