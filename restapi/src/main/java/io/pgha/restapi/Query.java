package io.pgha.restapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query part of a request.
 *
 * @param parameters in the order as written; those with an empty value are left out, as Patroni leaves them out
 */
record Query(List<Parameter> parameters) {
    static final Query EMPTY = new Query(List.of());

    /**
     * @param name decoded
     * @param value decoded, not empty
     */
    record Parameter(String name, String value) {}

    /** Reads a raw query string; {@code null} where there is none. */
    static Query parse(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return EMPTY;
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && equals < pair.length() - 1) {
                parameters.add(new Parameter(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
            }
        }
        return new Query(List.copyOf(parameters));
    }

    /** The first value of a parameter. */
    Optional<String> first(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    boolean isEmpty() {
        return parameters.isEmpty();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A broken escape is taken as it stands, as Patroni does.
            return text;
        }
    }
}
