package io.pgha.dcs.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON exactly as Patroni does: compact, everything outside printable ASCII escaped in lower-case hexadecimal,
 * numbers as Python prints them. A value that is the same must have the same bytes, or two kinds of peers would
 * overwrite each other's keys for ever.
 */
final class PythonJson {
    private static final double SMALLEST_PLAIN = 1e-4;
    private static final double LARGEST_PLAIN = 1e16;
    /** In between Java prints as Python does. */
    private static final double SMALLEST_SAME = 1e-3;

    private static final double LARGEST_SAME = 1e7;

    /** A member key has about so many characters. */
    private static final int USUAL_LENGTH = 512;

    private final StringBuilder out = new StringBuilder(USUAL_LENGTH);

    private PythonJson() {}

    static byte[] bytes(@Nullable Object value) {
        return text(value).getBytes(StandardCharsets.US_ASCII);
    }

    static String text(@Nullable Object value) {
        PythonJson json = new PythonJson();
        json.value(value);
        return json.out.toString();
    }

    private void value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Iterable<?> items) {
            array(items);
        } else if (value instanceof Double || value instanceof Float) {
            out.append(floating(((Number) value).doubleValue()));
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(value.toString());
        }
    }

    private void object(Map<?, ?> map) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            string(String.valueOf(entry.getKey()));
            out.append(':');
            value(entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void array(Iterable<?> items) {
        out.append('[');
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            value(item);
            separator = ",";
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain))) {
            plain++;
        }
        out.append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\f' -> out.append("\\f");
            case '\b' -> out.append("\\b");
            default -> {
                if (isPlain(c)) {
                    out.append(c);
                } else {
                    out.append(String.format("\\u%04x", (int) c));
                }
            }
        }
    }

    /** As Python's repr: plain between 1e-4 and 1e16, otherwise with an exponent of at least two digits. */
    private static String floating(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return "null";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        double size = Math.abs(number);
        if (size >= SMALLEST_SAME && size < LARGEST_SAME) {
            return Double.toString(number);
        }
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN) {
            String plain = exact.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (number < 0 ? "-" : "")
                + mantissa
                + (exponent < 0 ? "e-" : "e+")
                + String.format("%02d", Math.abs(exponent));
    }
}
