package io.pgha.config.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values as they were written, and where. Values are what JSON has: maps (in the order of the file), lists, strings,
 * booleans, {@link Long}, {@link java.math.BigInteger}, {@link Double} and null.
 *
 * @param values the document; never modified
 * @param places where each key and list element stands
 */
public record SourceTree(Map<String, Object> values, Map<KeyPath, Place> places) {

    /** A tree with nothing in it. */
    public static final SourceTree EMPTY = new SourceTree(Map.of(), Map.of());

    public SourceTree {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /** The place of the key, or of the nearest key above it that was written somewhere, or the fallback. */
    public Place place(KeyPath path, Place fallback) {
        KeyPath at = path;
        while (true) {
            Place place = places.get(at);
            if (place != null) {
                return place;
            }
            if (at.elements().isEmpty()) {
                return fallback;
            }
            at = at.parent();
        }
    }

    /**
     * This tree with the other laid over it: maps are merged key by key, everything else is replaced, null removes
     * (facts §2.1, a directory of files).
     */
    public SourceTree overlaidBy(SourceTree other) {
        Map<KeyPath, Place> merged = new LinkedHashMap<>(places);
        Map<String, Object> result = merge(values, other, KeyPath.ROOT, merged);
        return new SourceTree(result, merged);
    }

    private static Map<String, Object> merge(
            Map<String, Object> below, SourceTree above, KeyPath at, Map<KeyPath, Place> places) {
        Map<String, Object> result = new LinkedHashMap<>(below);
        mapAt(above, at).forEach((name, value) -> {
            KeyPath path = at.child(name);
            if (value == null) {
                result.remove(name);
                places.keySet().removeIf(key -> key.startsWith(path));
            } else if (value instanceof Map && result.get(name) instanceof Map<?, ?> old) {
                result.put(name, Collections.unmodifiableMap(merge(stringKeys(old), above, path, places)));
            } else {
                result.put(name, value);
                places.keySet().removeIf(key -> key.startsWith(path));
                above.places().forEach((key, place) -> {
                    if (key.startsWith(path)) {
                        places.put(key, place);
                    }
                });
            }
        });
        return result;
    }

    private static Map<String, Object> mapAt(SourceTree tree, KeyPath path) {
        Map<String, Object> map = tree.values();
        for (String element : path.elements()) {
            map = map.get(element) instanceof Map<?, ?> inner ? stringKeys(inner) : Map.of();
        }
        return map;
    }

    @SuppressWarnings("unchecked") // trees are only built by Yaml and EnvironmentVariables: all keys are strings
    private static Map<String, Object> stringKeys(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    /** Only the names of the keys: values may be secrets. */
    @Override
    public String toString() {
        return "SourceTree" + values.keySet();
    }
}
