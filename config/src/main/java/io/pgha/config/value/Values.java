package io.pgha.config.value;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A typed look at one mapping of a configuration. A value of a wrong type counts as absent: complaining about it is the
 * validation's work, done before.
 *
 * @param map the mapping as it was written; values may be null
 */
public record Values(Map<String, Object> map) {

    /** The mapping that this object is; an empty one if it is none. */
    @SuppressWarnings("unchecked") // JSON and YAML maps have only strings as keys
    public static Values of(@Nullable Object object) {
        return new Values(object instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
    }

    /** Whether the key has a value other than null. */
    public boolean has(String name) {
        return map.get(name) != null;
    }

    /** The mapping below the key, empty if there is none. */
    public Values section(String name) {
        return of(map.get(name));
    }

    /** A text, or the text of a number or boolean; empty for null, lists and mappings. */
    public Optional<String> text(String name) {
        Object value = map.get(name);
        return value == null || value instanceof Map || value instanceof List
                ? Optional.empty()
                : Optional.of(value.toString());
    }

    /** A text that is not blank. */
    public Optional<String> filled(String name) {
        return text(name).filter(text -> !text.isBlank());
    }

    /** A secret; empty texts count as none. */
    public Optional<Secret> secret(String name) {
        return text(name).filter(text -> !text.isEmpty()).map(Secret::new);
    }

    /** A boolean (facts §2.3), or the default. */
    public boolean bool(String name, boolean otherwise) {
        return SettingValue.bool(map.get(name)).orElse(otherwise);
    }

    /** A whole number, or the default. */
    public long integer(String name, long otherwise) {
        return SettingValue.integer(map.get(name)).orElse(otherwise);
    }

    /** A whole number within the range of int, or the default. */
    public int small(String name, int otherwise) {
        long value = integer(name, otherwise);
        return value == (int) value ? (int) value : otherwise;
    }

    /** A number of seconds, units accepted, or the default. */
    public Duration seconds(String name, Duration otherwise) {
        var value = SettingValue.integer(map.get(name), Unit.SECONDS);
        return value.isPresent() ? Duration.ofSeconds(value.getAsLong()) : otherwise;
    }

    /** The texts of a list; a single text counts as a list of one. */
    public List<String> texts(String name) {
        Object value = map.get(name);
        List<String> result = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (item != null && !(item instanceof Map) && !(item instanceof List)) {
                    result.add(item.toString());
                }
            }
        } else {
            text(name).ifPresent(result::add);
        }
        return List.copyOf(result);
    }

    /** The items of a list or a string in which commas separate them, without blanks around and without empty ones. */
    public List<String> separated(String name) {
        List<String> result = new ArrayList<>();
        for (String item : texts(name)) {
            for (String part : item.split(",", -1)) {
                if (!part.isBlank()) {
                    result.add(part.trim());
                }
            }
        }
        return List.copyOf(result);
    }

    /** The entries of the mapping below the key with scalar values, as texts for PostgreSQL; null values are left out. */
    public Map<String, String> settings(String name) {
        Map<String, String> result = new LinkedHashMap<>();
        section(name).map().forEach((key, value) -> {
            if (value != null && !(value instanceof Map) && !(value instanceof List)) {
                result.put(key, SettingValue.text(value));
            }
        });
        return result;
    }

    /** Only the names of the keys: values may be secrets. */
    @Override
    public String toString() {
        return "Values" + map.keySet();
    }
}
