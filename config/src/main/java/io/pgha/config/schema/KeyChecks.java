package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import io.pgha.config.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks through a document beside the schema: is each key known here, and is its value what it should be? */
final class KeyChecks {

    private static final KeyPath BOOTSTRAP_DCS = KeyPath.of("bootstrap", "dcs");

    private final Findings findings;
    private final Placement placement;
    private final ParameterChecks parameters;

    KeyChecks(Findings findings, ServerVersion version) {
        this.findings = findings;
        this.placement = new Placement(findings);
        this.parameters = new ParameterChecks(findings, placement, version);
    }

    void checkLocal() {
        section(Schema.instance().local(), findings.values(), KeyPath.ROOT, KeySpec.Level.LOCAL);
    }

    /** The cluster-wide configuration, written below the given path. */
    void checkDynamic(Values dynamic, KeyPath at) {
        section(Schema.instance().dynamic(), dynamic, at, KeySpec.Level.DYNAMIC);
        new ClusterMeaningChecks(findings).check(dynamic, at);
    }

    private void section(Schema.Node node, Values values, KeyPath at, KeySpec.Level level) {
        values.map().forEach((name, value) -> {
            KeyPath path = at.child(name);
            Optional<Schema.Node> child = node.child(name);
            if (child.isPresent()) {
                key(child.get(), values, name, path, level);
            } else if (node.method().isPresent() && isMethod(values, name, level)) {
                method(node.method().get(), values.section(name), path, level);
            } else if (!isFree(path)) {
                placement.unknown(node, path, level);
            } else {
                placement.nearMiss(node, path);
            }
        });
    }

    private void key(Schema.Node node, Values parent, String name, KeyPath path, KeySpec.Level level) {
        Object value = parent.map().get(name);
        Optional<KeySpec> known = node.spec();
        if (value == null || known.filter(spec -> !spec.isNothing(value)).isEmpty()) {
            return;
        }
        KeySpec spec = known.get();
        spec.renamed().ifPresent(now -> renamed(parent, path, spec, now));
        if (!fits(spec, value, path)) {
            return;
        }
        if (level == KeySpec.Level.LOCAL && path.equals(BOOTSTRAP_DCS)) {
            checkDynamic(parent.section(name), path);
        } else if (spec.parameters()) {
            parameters.check(parent.section(name), path, level);
        } else if (value instanceof Map && spec.type().kind() == ValueType.Kind.MAP) {
            section(node, parent.section(name), path, level);
        }
    }

    private void renamed(Values parent, KeyPath path, KeySpec spec, KeyPath now) {
        String counts =
                parent.has(now.name()) && now.parent().equals(spec.path().parent())
                        ? "is an old name and is ignored: the new one is there too"
                        : "is an old name, it still works";
        findings.warning(path, counts, "", "write " + now);
    }

    private boolean fits(KeySpec spec, Object value, KeyPath path) {
        ValueType type = spec.type();
        String found = spec.secret() ? "has a value of the wrong kind" : "is " + shown(value);
        switch (type.judge(value)) {
            case FITS -> {
                return fitsAsText(spec, value, path);
            }
            case OUT_OF_RANGE -> {
                if (spec.clamped()) {
                    findings.warning(path, found, type.expected(), type.nearest(value) + " is used");
                } else {
                    wrong(spec, path, found);
                }
            }
            case WRONG_TYPE -> wrong(spec, path, found);
        }
        return false;
    }

    private void wrong(KeySpec spec, KeyPath path, String found) {
        if (spec.soft()) {
            findings.warning(path, found, spec.type().expected(), "the default is used");
        } else {
            findings.error(path, found, spec.type().expected(), remedy(spec));
        }
    }

    private static String remedy(KeySpec spec) {
        return switch (spec.type().kind()) {
            case ADDRESS, ADDRESS_ANY, LISTEN -> "the port goes from 1 to 65535, IPv6 addresses stand in brackets";
            default -> "";
        };
    }

    // An unquoted 007 is the number 7, an unquoted yes is true: as a password both are not what was typed.
    private boolean fitsAsText(KeySpec spec, Object value, KeyPath path) {
        boolean text = spec.type().kind() == ValueType.Kind.TEXT;
        if (text && (value instanceof Boolean || (value instanceof Number && spec.secret()))) {
            String kind = value instanceof Boolean ? "a boolean" : "a number";
            findings.warning(path, "is read as " + kind, "a text", "put it in quotes");
        }
        return true;
    }

    private boolean isMethod(Values section, String name, KeySpec.Level level) {
        boolean listed = section.separated("create_replica_methods").contains(name)
                || section.separated("create_replica_method").contains(name)
                || section.filled("method").filter(name::equals).isPresent()
                || (level == KeySpec.Level.DYNAMIC && section.section(name).has("command"));
        boolean looksLikeOne = section.section(name).has("command");
        return section.map().get(name) instanceof Map && (listed || looksLikeOne);
    }

    private void method(Schema.Node node, Values section, KeyPath path, KeySpec.Level level) {
        Values parent = valuesAt(path.parent());
        boolean used = parent.separated("create_replica_methods").contains(path.name())
                || parent.separated("create_replica_method").contains(path.name())
                || parent.filled("method").filter(path.name()::equals).isPresent();
        if (!used && level == KeySpec.Level.LOCAL) {
            String where = path.startsWith(KeyPath.of("bootstrap")) ? "bootstrap.method" : "create_replica_methods";
            findings.warning(path, "is not used", "", "name it in " + where + " or remove it");
        }
        section.map().forEach((name, value) -> {
            if (node.child(name).isPresent()) {
                key(node.child(name).get(), section, name, path.child(name), level);
            }
        });
    }

    private Values valuesAt(KeyPath path) {
        Values values = findings.values();
        for (String element : path.elements()) {
            values = values.section(element);
        }
        return values;
    }

    private static boolean isFree(KeyPath path) {
        return path.parent().equals(KeyPath.of("tags"));
    }

    /** A value for a message: short, and never the inside of a mapping. */
    static String shown(Object value) {
        if (value instanceof Map) {
            return "a mapping";
        } else if (value instanceof List) {
            return "a list";
        } else if (value instanceof String text) {
            return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
        }
        return value.toString();
    }
}
