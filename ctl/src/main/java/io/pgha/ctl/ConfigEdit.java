package io.pgha.ctl;

import io.pgha.config.source.Problem;
import io.pgha.config.source.Yaml;
import io.pgha.config.value.ConfigPatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dynamic configuration while it is being changed (facts §4.4). */
final class ConfigEdit {
    private static final List<String> PARAMETERS = List.of("postgresql", "parameters");

    private Map<String, Object> values;

    ConfigEdit(Map<String, Object> values) {
        this.values = values;
    }

    Map<String, Object> values() {
        return values;
    }

    /**
     * Puts a YAML mapping in place of everything.
     *
     * @throws CtlException also when it says nothing: {@code PUT /config} refuses that, too (facts §3.6)
     */
    void replace(String source, String yaml) {
        values = ConfigPatch.patch(Map.of(), mapping(source, yaml)).config();
        if (values.isEmpty()) {
            throw new CtlException(source + " is empty: all settings would be gone");
        }
    }

    /** Lays a YAML mapping over what is there; null removes. */
    void apply(String source, String yaml) {
        values = ConfigPatch.patch(values, mapping(source, yaml)).config();
    }

    /** {@code K=V}: a dotted path, whose rest below {@code postgresql.parameters} is one name, and a YAML value. */
    void set(String assignment) {
        assign(assignment, List.of());
    }

    /** {@code K=V} for a parameter of PostgreSQL. */
    void parameter(String assignment) {
        assign(assignment, PARAMETERS);
    }

    private void assign(String assignment, List<String> parent) {
        int sign = assignment.indexOf('=');
        if (sign <= 0) {
            throw new CtlException("\"" + assignment + "\" is not of the form KEY=VALUE");
        }
        List<String> path = new ArrayList<>(parent);
        path.addAll(parent.isEmpty() ? path(assignment.substring(0, sign)) : List.of(assignment.substring(0, sign)));
        List<Problem> problems = new ArrayList<>();
        Object value = Yaml.readValue(assignment, assignment.substring(sign + 1), problems);
        mustBeSound(problems);
        values = with(values, path, value);
    }

    private static List<String> path(String written) {
        String prefix = String.join(".", PARAMETERS) + ".";
        if (written.startsWith(prefix)) {
            List<String> path = new ArrayList<>(PARAMETERS);
            path.add(written.substring(prefix.length()));
            return path;
        }
        return Arrays.asList(written.split("\\.", -1));
    }

    /** A copy with the value at the path; null removes it, and the parents that are empty then. */
    private static Map<String, Object> with(
            Map<String, Object> map, List<String> path, @org.jspecify.annotations.Nullable Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        String name = path.get(0);
        if (path.size() > 1) {
            Map<String, Object> inner = with(asMap(copy.get(name)), path.subList(1, path.size()), value);
            if (inner.isEmpty()) {
                copy.remove(name);
            } else {
                copy.put(name, inner);
            }
        } else if (value == null) {
            copy.remove(name);
        } else {
            copy.put(name, value);
        }
        return copy;
    }

    @SuppressWarnings("unchecked") // JSON and YAML maps have only strings as keys
    private static Map<String, Object> asMap(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static Map<String, Object> mapping(String source, String yaml) {
        List<Problem> problems = new ArrayList<>();
        Object value = Yaml.readValue(source, yaml, problems);
        mustBeSound(problems);
        if (!(value instanceof Map)) {
            throw new CtlException(source + " is not a YAML mapping");
        }
        return asMap(value);
    }

    private static void mustBeSound(List<Problem> problems) {
        if (Problem.anyError(problems)) {
            throw new CtlException(
                    String.join("\n", problems.stream().map(Problem::toString).toList()));
        }
    }
}
