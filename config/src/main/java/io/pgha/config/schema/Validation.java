package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import io.pgha.config.source.Place;
import io.pgha.config.source.Problem;
import io.pgha.config.source.SourceTree;
import io.pgha.config.value.Values;
import java.util.List;
import java.util.Map;

/** Judges a configuration by the schema and by what its parts mean together. Reads nothing but its arguments. */
public final class Validation {

    private Validation() {}

    /**
     * Everything that is wrong with a node's configuration, in the order of the file.
     *
     * @param source how the configuration as a whole is called in messages about what is missing
     */
    public static List<Problem> check(SourceTree tree, String source) {
        Findings findings = new Findings(tree, Place.of(source));
        new Essentials(findings).check();
        new KeyChecks(findings, ServerVersion.guessed(findings.values())).checkLocal();
        new HbaChecks(findings).check();
        new MeaningChecks(findings).check();
        new OptionChecks(findings).checkLocal();
        return Problem.inOrder(findings.problems());
    }

    /**
     * Everything that is wrong with a cluster-wide configuration.
     *
     * @param dynamic JSON as it is in the DCS, or as somebody wants it to be
     * @param source how it is called in messages
     */
    public static List<Problem> checkDynamic(Map<String, Object> dynamic, String source) {
        Findings findings = new Findings(new SourceTree(dynamic, Map.of()), Place.of(source));
        new KeyChecks(findings, new ServerVersion(java.util.Optional.empty()))
                .checkDynamic(new Values(dynamic), KeyPath.ROOT);
        return Problem.inOrder(findings.problems());
    }
}
