package io.pgha.config.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Patroni's two primitives on JSON-like maps, shared by REST, hactl and the loading of files (facts §2.12). */
public final class ConfigPatch {

    /**
     * The outcome of a patch.
     *
     * @param config the map after the patch, unmodifiable
     * @param changed whether anything is different from before
     */
    public record Result(Map<String, Object> config, boolean changed) {}

    private ConfigPatch() {}

    /**
     * Lays {@code patch} over {@code config}: null deletes, a mapping on a mapping recurses, anything else replaces,
     * a scalar only if its text differs. Neither argument is modified.
     */
    public static Result patch(Map<String, ?> config, Map<String, ?> patch) {
        Map<String, Object> result = new LinkedHashMap<>(config);
        boolean changed = false;
        for (Map.Entry<String, ?> entry : patch.entrySet()) {
            String name = entry.getKey();
            Object value = entry.getValue();
            Object old = result.get(name);
            if (!result.containsKey(name)) {
                if (value != null) {
                    result.put(name, value);
                    changed = true;
                }
            } else if (value == null) {
                result.remove(name);
                changed |= old != null;
            } else if (value instanceof Map<?, ?> inner && old instanceof Map<?, ?> oldInner) {
                Result below = patch(map(oldInner), map(inner));
                result.put(name, below.config());
                changed |= below.changed();
            } else if (value instanceof Map || old instanceof Map || !sameText(old, value)) {
                result.put(name, value);
                changed = true;
            }
        }
        return new Result(Collections.unmodifiableMap(result), changed);
    }

    /** Whether both have the same keys with values that are the same, mappings compared by key, all else by its text. */
    public static boolean deepEquals(Map<String, ?> one, Map<String, ?> other) {
        if (!one.keySet().equals(other.keySet())) {
            return false;
        }
        for (Map.Entry<String, ?> entry : one.entrySet()) {
            Object left = entry.getValue();
            Object right = other.get(entry.getKey());
            boolean same = (left instanceof Map<?, ?> l && right instanceof Map<?, ?> r)
                    ? deepEquals(map(l), map(r))
                    : sameText(left, right);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameText(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one, other)
                || (one != null && other != null && one.toString().equals(other.toString()));
    }

    @SuppressWarnings("unchecked") // JSON and YAML maps have only strings as keys
    private static Map<String, Object> map(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
