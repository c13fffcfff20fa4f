package io.pgha.config.source;

import io.pgha.config.value.SettingValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that environment variables hold: {@code PATRONI_*}, and {@code PGHA_*} with the same suffixes, which
 * wins (facts §2.11). Empty values are ignored.
 */
public final class EnvironmentVariables {

    private static final List<String> PREFIXES = List.of("PATRONI_", "PGHA_");
    private static final Map<String, EnvironmentVariable> KNOWN = EnvironmentVariable.all();

    private EnvironmentVariables() {}

    /** The document in {@code PGHA_CONFIGURATION} or {@code PATRONI_CONFIGURATION}, which makes all others ignored. */
    public static Optional<SourceTree> document(Map<String, String> environment, List<Problem> problems) {
        for (String name : List.of("PGHA_CONFIGURATION", "PATRONI_CONFIGURATION")) {
            String text = environment.getOrDefault(name, "");
            if (!text.isBlank()) {
                return Optional.of(Yaml.read("environment variable " + name, text, problems));
            }
        }
        return Optional.empty();
    }

    /** All variables that set a key, as a tree; a value of the wrong type is an error. */
    public static SourceTree read(Map<String, String> environment, List<Problem> problems) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<KeyPath, Place> places = new LinkedHashMap<>();
        Map<String, String> sorted = new TreeMap<>(environment);
        for (String prefix : PREFIXES) {
            sorted.forEach((name, text) -> {
                EnvironmentVariable variable =
                        name.startsWith(prefix) ? KNOWN.get(name.substring(prefix.length())) : null;
                if (variable == null || text.isEmpty()) {
                    return;
                }
                Place place = Place.of("environment variable " + name);
                Object value = value(variable, text, place, problems);
                if (value != null) {
                    put(values, variable.path(), value);
                    places.put(variable.path(), place);
                }
            });
        }
        return new SourceTree(values, places);
    }

    /** Environment variables that are meant for PostgreSQL's own processes, by the name they get there. */
    public static Map<String, String> forServer(Map<String, String> environment) {
        String arenas = environment.getOrDefault("PG_MALLOC_ARENA_MAX", "");
        return arenas.isEmpty() ? Map.of() : Map.of("MALLOC_ARENA_MAX", arenas);
    }

    /** The suffixes of all variables with the keys they set, sorted. */
    public static Map<String, KeyPath> known() {
        Map<String, KeyPath> result = new TreeMap<>();
        KNOWN.forEach((suffix, variable) -> result.put(suffix, variable.path()));
        return result;
    }

    private static @Nullable Object value(
            EnvironmentVariable variable, String text, Place place, List<Problem> problems) {
        return switch (variable.type()) {
            case TEXT -> text;
            case INTEGER -> {
                var number = SettingValue.integer(text);
                if (number.isEmpty()) {
                    problems.add(wrong(variable, place, "a whole number"));
                }
                yield number.isPresent() ? number.getAsLong() : null;
            }
            case REAL -> {
                var number = SettingValue.real(text);
                if (number.isEmpty()) {
                    problems.add(wrong(variable, place, "a number"));
                }
                yield number.isPresent() ? number.getAsDouble() : null;
            }
            case BOOL -> {
                var bool = SettingValue.bool(text);
                if (bool.isEmpty()) {
                    problems.add(wrong(variable, place, "on or off"));
                }
                yield bool.orElse(null);
            }
            case LIST -> list(text, variable, place, problems);
            case MAP -> map(text, variable, place, problems);
            case TEXT_OR_LIST ->
                text.trim().startsWith("[") || text.trim().startsWith("- ")
                        ? list(text, variable, place, problems)
                        : text;
        };
    }

    private static @Nullable Object list(
            String text, EnvironmentVariable variable, Place place, List<Problem> problems) {
        boolean wrap = !text.trim().startsWith("-") && !text.contains("[");
        Object value = parsed(wrap ? "[" + text + "]" : text);
        if (!(value instanceof List)) {
            problems.add(wrong(variable, place, "a list, for example a,b"));
            return null;
        }
        return value;
    }

    private static @Nullable Object map(
            String text, EnvironmentVariable variable, Place place, List<Problem> problems) {
        boolean wrap = !text.trim().startsWith("{");
        Object value = parsed(wrap ? "{" + text + "}" : text);
        if (!(value instanceof Map)) {
            problems.add(wrong(variable, place, "keys and values, for example a: 1, b: 2"));
            return null;
        }
        return value;
    }

    private static @Nullable Object parsed(String yaml) {
        List<Problem> problems = new ArrayList<>();
        Object value = Yaml.readValue("environment", yaml, problems);
        return Problem.anyError(problems) ? null : value;
    }

    private static Problem wrong(EnvironmentVariable variable, Place place, String expected) {
        return Problem.error(place, variable.path(), "cannot be read", expected, "");
    }

    @SuppressWarnings("unchecked") // only maps made here are met on the way
    private static void put(Map<String, Object> values, KeyPath path, Object value) {
        Map<String, Object> map = values;
        for (String element : path.parent().elements()) {
            map = (Map<String, Object>) map.computeIfAbsent(element, name -> new LinkedHashMap<String, Object>());
        }
        map.put(path.name(), value);
    }
}
