package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import io.pgha.config.source.Problem;
import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names of PostgreSQL's parameters, and the values of those that the cluster controls (facts §2.5). */
final class ParameterChecks {

    private static final int OLDEST_SUPPORTED = 11;

    /** The files that the agent starts the server with (facts §2.5, §6.4). */
    private static final Set<String> OF_THE_AGENT = Set.of("config_file", "data_directory");

    private final Findings findings;
    private final Placement placement;
    private final ServerVersion version;

    ParameterChecks(Findings findings, Placement placement, ServerVersion version) {
        this.findings = findings;
        this.placement = placement;
        this.version = version;
    }

    void check(Values parameters, KeyPath at, KeySpec.Level level) {
        parameters.map().forEach((name, value) -> {
            KeyPath path = at.child(name);
            if (value instanceof Map || (value instanceof List && !at.name().equals("recovery_conf"))) {
                findings.error(path, "is " + KeyChecks.shown(value), "a single value", "");
                return;
            }
            if (value instanceof String text && text.chars().anyMatch(c -> c < ' ' && c != '\t')) {
                findings.error(path, "contains a line break or another control character", "a single line", "");
                return;
            }
            name(path);
            if (at.name().equals("recovery_conf")) {
                return;
            }
            if (ClusterWide.DERIVED.contains(name)) {
                derived(path);
            } else if (OF_THE_AGENT.contains(name)) {
                findings.warning(path, "is ignored: the agent says it on the command line", "", "remove it");
            } else if (ClusterWide.contains(name) && !at.name().equals("parameters")) {
                findings.warning(
                        path, "is ignored for a single role", "", "write it below bootstrap.dcs.postgresql.parameters");
            } else if (ClusterWide.contains(name) && level == KeySpec.Level.LOCAL) {
                findings.warning(
                        path,
                        "is ignored here: only the cluster-wide configuration sets it",
                        "",
                        "move it to bootstrap.dcs.postgresql.parameters." + name
                                + " (once the cluster exists: hactl edit-config)");
            } else if (ClusterWide.contains(name) && value != null) {
                controlled(path, value);
            } else if (value != null) {
                ordinary(path, value);
            }
        });
    }

    private void derived(KeyPath path) {
        String from = path.name().equals("cluster_name") ? "scope" : "postgresql.listen";
        findings.warning(path, "is ignored: it follows from " + from, "", "remove it");
    }

    private void name(KeyPath path) {
        String name = path.name();
        if (name.contains(".")) {
            return; // belongs to an extension
        }
        Optional<Gucs.Guc> known = Gucs.named(name);
        if (known.isPresent()) {
            known.get().gone().ifPresent(gone -> gone(path, gone));
            return;
        }
        Optional<String> meant = Gucs.nearest(name);
        if (meant.isPresent()) {
            findings.warning(
                    path, "is no parameter of PostgreSQL, it is left out", "", "did you mean \"" + meant.get() + "\"?");
        } else if (!placement.belongsElsewhere(path, KeySpec.Level.DYNAMIC)) {
            findings.warning(
                    path,
                    "is no parameter of PostgreSQL that pgha knows",
                    "",
                    "it is left out unless the server knows it; parameters of extensions have a dot");
        }
    }

    private void gone(KeyPath path, int gone) {
        int newest = version.major().orElse(Integer.MAX_VALUE);
        if (newest < gone) {
            return;
        }
        String found = gone <= OLDEST_SUPPORTED
                ? "does not exist in any version that pgha supports"
                : "no longer exists from PostgreSQL " + gone + " on";
        findings.warning(path, found, "", Gucs.replacement(path.name()).orElse("there it is left out: remove it"));
    }

    private void ordinary(KeyPath path, Object value) {
        String found = "is " + KeyChecks.shown(value);
        GucTypes.broken(path.name(), value)
                .ifPresent(expected -> findings.warning(path, found, expected, Problem.LEFT_OUT));
        GucTypes.outside(path.name(), value)
                .ifPresent(expected -> findings.warning(path, found, expected, "the nearest of these is used"));
    }

    private void controlled(KeyPath path, Object value) {
        String found = "is " + KeyChecks.shown(value);
        Optional<ClusterWide.Bounds> bounds = ClusterWide.bounds(path.name());
        var number = SettingValue.integer(value);
        boolean impossible = bounds.isPresent()
                && (number.isEmpty()
                        || number.getAsLong() < bounds.get().least()
                        || number.getAsLong() > bounds.get().most());
        if (impossible) {
            String range = bounds.get().least() + " to " + bounds.get().most();
            findings.error(path, found, "a whole number from " + range, "");
            return;
        }
        ClusterWide.broken(path.name(), value)
                .ifPresent(expected -> findings.warning(path, found, expected, "the default is used"));
    }
}
