package io.pgha.config;

import io.pgha.config.schema.SecretKeys;
import io.pgha.config.schema.Validation;
import io.pgha.config.source.EnvironmentVariables;
import io.pgha.config.source.FilePermissions;
import io.pgha.config.source.KeyPath;
import io.pgha.config.source.Place;
import io.pgha.config.source.Problem;
import io.pgha.config.source.SourceFiles;
import io.pgha.config.source.SourceTree;
import io.pgha.config.value.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads what the operator wrote: a file or a directory of files, environment variables over it, judged by the schema
 * (facts §2.1). Reads files and nothing else; each call reads anew, so it serves for a reload too.
 */
public final class ConfigLoader {

    private ConfigLoader() {}

    /**
     * Loads and validates the configuration of an agent.
     *
     * @param fileOrDirectory YAML
     * @param environment usually {@link System#getenv()}
     */
    public static ConfigResult load(Path fileOrDirectory, Map<String, String> environment) {
        return load(Optional.of(fileOrDirectory), environment);
    }

    /** Loads and validates; without a file, from {@code PATRONI_CONFIGURATION} or the other environment variables. */
    public static ConfigResult load(Optional<Path> fileOrDirectory, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        SourceTree tree = tree(fileOrDirectory, environment, problems);
        if (!Problem.anyError(problems)) {
            String source = fileOrDirectory.map(Path::toString).orElse("environment");
            problems.addAll(tree.values().isEmpty() ? List.of(empty(source)) : judged(tree, source));
        }
        Optional<LocalConfig> config =
                Problem.anyError(problems) ? Optional.empty() : Optional.of(local(tree, environment));
        return new ConfigResult(config, Problem.inOrder(problems), tree);
    }

    /** Loads what hactl needs, without judging the rest. */
    public static ClientConfigResult loadForClient(Optional<Path> fileOrDirectory, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        Values values = new Values(tree(fileOrDirectory, environment, problems).values());
        return new ClientConfigResult(
                new ClientConfig(
                        values.filled("scope"),
                        namespace(values),
                        EtcdSection.read(values),
                        Sections.ctl(values),
                        Sections.agent(values),
                        Sections.citus(values)),
                problems);
    }

    private static SourceTree tree(
            Optional<Path> fileOrDirectory, Map<String, String> environment, List<Problem> problems) {
        boolean exists = fileOrDirectory.filter(Files::exists).isPresent();
        if (!exists) {
            Optional<SourceTree> document = EnvironmentVariables.document(environment, problems);
            if (document.isPresent()) {
                return document.get();
            }
        }
        SourceTree variables = EnvironmentVariables.read(environment, problems);
        if (fileOrDirectory.isEmpty() || (!exists && !variables.values().isEmpty())) {
            return variables;
        }
        return SourceFiles.read(fileOrDirectory.get(), problems).overlaidBy(variables);
    }

    private static List<Problem> judged(SourceTree tree, String source) {
        List<Problem> problems = new ArrayList<>(Validation.check(tree, source));
        if (SecretKeys.anyIn(tree.values())) {
            tree.places().values().stream()
                    .filter(place -> place.line() > 0)
                    .map(Place::source)
                    .distinct()
                    .forEach(file -> problems.addAll(FilePermissions.check(Path.of(file))));
        }
        Values dcs = new Values(tree.values()).section("bootstrap").section("dcs");
        problems.addAll(TimingCheck.check(
                new DynamicConfig(dcs.map()), KeyPath.of("bootstrap", "dcs"), tree, Place.of(source)));
        return problems;
    }

    private static LocalConfig local(SourceTree tree, Map<String, String> environment) {
        Values values = new Values(tree.values());
        DynamicConfig nothingDynamic = DynamicConfig.EMPTY;
        return new LocalConfig(
                values.filled("name")
                        .or(() -> values.section("postgresql").filled("name"))
                        .orElseThrow(),
                values.filled("scope").orElseThrow(),
                namespace(values),
                EtcdSection.read(values).orElseThrow(),
                Sections.restApi(values),
                Sections.ctl(values),
                Sections.log(values),
                PostgresqlSection.read(values.section("postgresql"), nothingDynamic.useSlots()),
                BootstrapSection.read(values),
                Sections.watchdog(values),
                Tags.of(values.section("tags").map()),
                Sections.citus(values),
                EnvironmentVariables.forServer(environment),
                tree.values());
    }

    private static String namespace(Values values) {
        String written = values.filled("namespace").orElse("service");
        String collapsed = written.trim().replaceAll("/+", "/").replaceAll("^/|/$", "");
        return collapsed.isEmpty() ? "service" : collapsed;
    }

    private static Problem empty(String source) {
        return Problem.error(
                Place.of(source),
                KeyPath.ROOT,
                "contains no configuration",
                "at least scope, name, etcd, restapi and postgresql",
                "");
    }
}
