package io.pgha.restapi;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The JSON object in a request's body. */
final class JsonBody {
    /** What an operator writes is nested four or five deep; whoever writes it down again needs stack for each level. */
    private static final int DEEPEST = 50;

    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    private JsonBody() {}

    /** Empty for everything that is not one JSON object of reasonable depth. */
    static Optional<Map<String, Object>> parse(ObjectMapper json, byte[] bytes) {
        try {
            Map<String, Object> body = json.readerFor(OBJECT)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(bytes);
            return Optional.ofNullable(body).filter(map -> depth(map) <= DEEPEST && isText(map));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** JSON can say half of a character ({@code \\ud800}): no other format can, so it could be stored and never be shown. */
    private static boolean isText(Object value) {
        if (value instanceof String text) {
            return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().allMatch(JsonBody::isText)
                    && map.values().stream().allMatch(one -> one == null || isText(one));
        }
        if (value instanceof Iterable<?> list) {
            for (Object one : list) {
                if (one != null && !isText(one)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Jackson itself refuses more than a thousand levels. */
    private static int depth(Object value) {
        Iterable<?> inner = value instanceof Map<?, ?> map
                ? map.values()
                : value instanceof Iterable<?> list ? list : java.util.List.of();
        int deepest = 0;
        for (Object one : inner) {
            if (one != null) {
                deepest = Math.max(deepest, depth(one));
            }
        }
        return deepest + 1;
    }
}
