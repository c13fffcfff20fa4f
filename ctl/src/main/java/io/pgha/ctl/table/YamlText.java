package io.pgha.ctl.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML as Python's {@code safe_dump} writes it: keys sorted, lists not indented, 200 columns wide. */
public final class YamlText {
    private static final int WIDTH = 200;

    private YamlText() {}

    /** In block style, with a line break at the end. */
    public static String block(Object value) {
        return dump(value, DumperOptions.FlowStyle.BLOCK);
    }

    /** In flow style on one line, without a line break at the end. */
    static String flow(Object value) {
        return dump(value, DumperOptions.FlowStyle.FLOW).stripTrailing();
    }

    /** What a terminal might obey is written as an escape; where there is such a thing, so is all that is not ASCII. */
    private static String dump(Object value, DumperOptions.FlowStyle style) {
        String text = dump(value, style, true);
        boolean harmless = text.lines().allMatch(line -> line.equals(Printable.line(line)));
        return harmless ? text : dump(value, style, false);
    }

    private static String dump(Object value, DumperOptions.FlowStyle style, boolean unicode) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(style);
        options.setWidth(style == DumperOptions.FlowStyle.FLOW ? Integer.MAX_VALUE : WIDTH);
        options.setSplitLines(style != DumperOptions.FlowStyle.FLOW);
        options.setAllowUnicode(unicode);
        options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
        return new Yaml(options).dumpAs(sorted(value), value instanceof Map ? Tag.MAP : Tag.SEQ, style);
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new TreeMap<>();
            map.forEach((key, inner) -> copy.put(whole(String.valueOf(key)), inner == null ? null : sorted(inner)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(inner == null ? null : sorted(inner)));
            return copy;
        }
        return value instanceof String text ? whole(text) : value;
    }

    /** Half of a character, which JSON can say and YAML cannot, is written out as JSON does ({@code \\ud800}). */
    private static String whole(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }
}
