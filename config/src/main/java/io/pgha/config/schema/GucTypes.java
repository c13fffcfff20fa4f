package io.pgha.config.schema;

import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Of what kind the values of PostgreSQL's parameters are (facts, appendix A): the table by which the agents leave out what a server
 * would not start with. Here a value counts as wrong when it is so in every version.
 */
final class GucTypes {
    private static final String TABLE = "/io/pgha/core/guc-table.txt";

    /**
     * @param kind bool, string, integer, real, enum or enumbool
     * @param words of the last two
     * @param range of the numbers
     * @param unit of a bare number and of the range; empty text: none
     */
    private record Type(String kind, List<String> words, GucRange range, String unit) {
        boolean isEnum() {
            return kind.equals("enum");
        }

        boolean isNumber() {
            return kind.equals("integer") || kind.equals("real");
        }
    }

    private static final Map<String, List<Type>> BY_NAME = read();

    private GucTypes() {}

    /** What a value should be, if it is something else in every version. */
    static Optional<String> broken(String name, Object value) {
        List<Type> all = BY_NAME.getOrDefault(key(name), List.of());
        // Where words became a list of words (log_min_messages of 19), a single one is still one of the same words.
        boolean oneWord = all.stream().anyMatch(type -> type.kind().equals("string"))
                && all.stream().anyMatch(Type::isEnum)
                && SettingValue.text(value).matches("\\w+");
        List<Type> types = oneWord ? all.stream().filter(Type::isEnum).toList() : all;
        return types.isEmpty() || types.stream().anyMatch(type -> fits(type, value))
                ? Optional.empty()
                : Optional.of(types.stream().map(GucTypes::expected).distinct().collect(Collectors.joining("; or ")));
    }

    /** Between which bounds a number should be, if it is outside of them in every version. */
    static Optional<String> outside(String name, Object value) {
        List<Type> types = BY_NAME.getOrDefault(key(name), List.of()).stream()
                .filter(type -> fits(type, value))
                .toList();
        boolean wrong = !types.isEmpty()
                && types.stream()
                        .allMatch(type -> type.isNumber() && type.range().lacks(value, type.unit()));
        return wrong
                ? Optional.of(types.stream()
                        .map(type -> type.range().words(type.unit()))
                        .distinct()
                        .collect(Collectors.joining("; or ")))
                : Optional.empty();
    }

    private static boolean fits(Type type, Object value) {
        return switch (type.kind()) {
            case "bool" -> SettingValue.bool(value).isPresent();
            case "integer", "real" -> number(type, value);
            case "enum" -> type.words().contains(key(SettingValue.text(value)));
            case "enumbool" ->
                SettingValue.bool(value).isPresent() || type.words().contains(key(SettingValue.text(value)));
            default -> true;
        };
    }

    private static boolean number(Type type, Object value) {
        return base(type)
                .map(unit -> SettingValue.integer(value, unit).isPresent())
                .orElseGet(() -> SettingValue.real(value).isPresent());
    }

    /** Blocks of 8kB are a size like any other as far as the kind is concerned. */
    private static Optional<Unit> base(Type type) {
        return type.unit().isEmpty() ? Optional.empty() : Unit.named(type.unit().replaceFirst("^\\d+", ""));
    }

    private static String expected(Type type) {
        String words = type.words().stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
        return switch (type.kind()) {
            case "bool" -> "on or off";
            case "enum" -> "one of " + words;
            case "enumbool" -> "on, off or one of " + words;
            default -> "a number" + (type.unit().isEmpty() ? "" : " or a number with a unit");
        };
    }

    private static Map<String, List<Type>> read() {
        Map<String, List<Type>> result = new HashMap<>();
        for (String line : SchemaText.lines(TABLE)) {
            String[] columns = line.strip().split(" +", -1);
            if (columns.length >= 3 && !columns[0].startsWith("#")) {
                boolean words = columns[1].startsWith("enum");
                Type type = new Type(
                        columns[1],
                        words
                                ? Stream.of(columns[3].split("\\|", -1))
                                        .map(word -> word.replace('+', ' '))
                                        .toList()
                                : List.of(),
                        GucRange.parse(columns.length > 3 && !words ? columns[3] : ""),
                        columns.length > 4 ? columns[4] : "");
                result.computeIfAbsent(key(columns[0]), name -> new ArrayList<>())
                        .add(type);
            }
        }
        return Map.copyOf(result);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
