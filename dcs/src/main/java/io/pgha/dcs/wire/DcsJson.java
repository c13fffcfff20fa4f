package io.pgha.dcs.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON from the DCS into maps, lists, strings, numbers, booleans and nulls, within bounds. */
final class DcsJson {
    /** etcd refuses requests above 1.5 MB unless it is told otherwise; nothing of ours comes near. */
    static final int MAX_BYTES = 16 << 20;

    private static final int MAX_NESTING = 100;
    private static final int MAX_DIGITS = 400;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(MAX_DIGITS)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .build();

    private DcsJson() {}

    /** The value, or empty when the bytes are not exactly one JSON value in UTF-8, or not within the bounds. */
    static Optional<Parsed> parse(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        // Strict UTF-8: Jackson would guess UTF-16 and UTF-32 from raw bytes.
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return parse(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The same for text. */
    static Optional<Parsed> parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return Optional.empty();
            }
            Object value = read(parser, first);
            return parser.nextToken() == null ? Optional.of(new Parsed(value)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The JSON object in these bytes, or empty when they hold anything else. */
    static Optional<Map<String, @Nullable Object>> parseObject(byte[] bytes) {
        return parse(bytes).flatMap(parsed -> asObject(parsed.value()));
    }

    /** The value as an object, when it is one. */
    @SuppressWarnings("unchecked")
    static Optional<Map<String, @Nullable Object>> asObject(@Nullable Object value) {
        return value instanceof Map ? Optional.of((Map<String, @Nullable Object>) value) : Optional.empty();
    }

    private static @Nullable Object read(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            result.put(name, read(parser, parser.nextToken()));
        }
        return result;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> result = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            result.add(read(parser, token));
        }
        return result;
    }

    private static double finite(double number) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
    }

    /**
     * One JSON value.
     *
     * @param value {@code null} for JSON's null
     */
    record Parsed(@Nullable Object value) {}
}
