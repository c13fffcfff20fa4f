package io.pgha.config;

import io.pgha.config.source.Problem;
import io.pgha.config.source.Severity;
import io.pgha.config.source.SourceTree;
import java.util.List;
import java.util.Optional;

/**
 * What came of loading a configuration.
 *
 * @param config present if and only if no problem is an error
 * @param problems everything that was found, in the order of the files
 * @param tree what was written, with places; for {@code --print} and further checks
 */
public record ConfigResult(Optional<LocalConfig> config, List<Problem> problems, SourceTree tree) {

    public ConfigResult {
        problems = List.copyOf(problems);
    }

    /** The problems that make the configuration unusable. */
    public List<Problem> errors() {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }

    /** The problems it works with. */
    public List<Problem> warnings() {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.WARNING)
                .toList();
    }
}
