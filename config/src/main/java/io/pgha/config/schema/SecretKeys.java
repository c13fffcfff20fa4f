package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which values of a configuration are secrets. */
public final class SecretKeys {

    private static final String MASK = "********";

    private SecretKeys() {}

    /** Whether any secret is written in the configuration. */
    public static boolean anyIn(Map<String, Object> values) {
        return !values.equals(masked(values));
    }

    /** The configuration with every secret replaced by a fixed text, also passwords inside URLs. */
    public static Map<String, Object> masked(Map<String, Object> values) {
        return map(values, Optional.of(Schema.instance().local()), KeyPath.ROOT);
    }

    private static Map<String, Object> map(Map<String, Object> values, Optional<Schema.Node> node, KeyPath at) {
        Map<String, Object> result = new LinkedHashMap<>();
        values.forEach((name, value) ->
                result.put(name, value(value, node.flatMap(n -> n.child(name)), at.child(name))));
        return result;
    }

    @SuppressWarnings("unchecked") // JSON and YAML maps have only strings as keys
    private static @Nullable Object value(@Nullable Object value, Optional<Schema.Node> node, KeyPath at) {
        boolean secret = node.flatMap(Schema.Node::spec).filter(KeySpec::secret).isPresent()
                || at.name().equals("password")
                || at.name().endsWith("_password");
        if (value == null) {
            return null;
        } else if (value instanceof Map<?, ?> map) {
            return map((Map<String, Object>) map, node, at);
        } else if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(value(item, Optional.empty(), at)));
            return items;
        } else if (secret) {
            return MASK;
        }
        return value instanceof String text ? text.replaceAll("(?<=://)([^/@:]*):[^/@]*@", "$1:" + MASK + "@") : value;
    }
}
