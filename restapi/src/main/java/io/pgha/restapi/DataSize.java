package io.pgha.restapi;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as PostgreSQL writes them: {@code 16MB}, {@code 1048576} (facts §3.3, {@code lag=}). */
final class DataSize {
    private static final Pattern TEXT =
            Pattern.compile("\\s*([+-]?\\d+(?:\\.\\d+)?)\\s*(B|kB|MB|GB|TB)?\\s*", Pattern.CASE_INSENSITIVE);

    private DataSize() {}

    /** Reads a number of bytes, or a number with a unit; empty when the text is neither. */
    static OptionalLong parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (text.length() > 40 || !matcher.matches()) {
            return OptionalLong.empty();
        }
        String unit = matcher.group(2) == null ? "b" : matcher.group(2).toLowerCase(Locale.ROOT);
        double bytes = Double.parseDouble(matcher.group(1))
                * switch (unit) {
                    case "kb" -> 1L << 10;
                    case "mb" -> 1L << 20;
                    case "gb" -> 1L << 30;
                    case "tb" -> 1L << 40;
                    default -> 1L;
                };
        return OptionalLong.of((long) bytes);
    }
}
