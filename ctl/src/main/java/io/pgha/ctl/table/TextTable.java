package io.pgha.ctl.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Draws a table with pluses, minuses and pipes: the title in the top border, a rule between all rows as soon as one
 * cell has several lines (facts §4.3).
 */
final class TextTable {
    private final List<Column> columns;
    private final List<List<List<String>>> rows = new ArrayList<>();
    private final int[] widths;

    private TextTable(Table table, Function<Object, String> text) {
        this.columns = table.columns();
        this.widths = columns.stream().mapToInt(column -> width(column.title())).toArray();
        table.rows().forEach(row -> {
            List<List<String>> cells = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                List<String> lines = Printable.lines(text.apply(table.cell(row, columns.get(i))))
                        .lines()
                        .toList();
                widths[i] = Math.max(
                        widths[i],
                        lines.stream().mapToInt(TextTable::width).max().orElse(0));
                cells.add(lines);
            }
            rows.add(cells);
        });
    }

    /**
     * Draws it, without a line break at the end.
     *
     * @param title goes into the top border; empty for none
     * @param text how a cell is written
     */
    static String draw(Table table, String title, Function<Object, String> text) {
        return new TextTable(table, text).draw(title);
    }

    private String draw(String title) {
        String rule = rule();
        boolean ruleBetween = rows.stream().anyMatch(row -> row.stream().anyMatch(lines -> lines.size() > 1));
        List<String> out = new ArrayList<>();
        out.add(titled(rule, title));
        out.add(row(columns.stream().map(Column::title).toList()));
        out.add(rule);
        for (int i = 0; i < rows.size(); i++) {
            addRow(out, rows.get(i));
            if (ruleBetween && i < rows.size() - 1) {
                out.add(rule);
            }
        }
        out.add(rule);
        return String.join("\n", out);
    }

    private void addRow(List<String> out, List<List<String>> cells) {
        int height = Math.max(1, cells.stream().mapToInt(List::size).max().orElse(1));
        for (int line = 0; line < height; line++) {
            int at = line;
            out.add(row(cells.stream()
                    .map(lines -> at < lines.size() ? lines.get(at) : "")
                    .toList()));
        }
    }

    private String row(List<String> texts) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < texts.size(); i++) {
            String padding = " ".repeat(widths[i] - width(texts.get(i)));
            boolean right = columns.get(i).alignment() == Column.Alignment.RIGHT;
            line.append(' ')
                    .append(right ? padding + texts.get(i) : texts.get(i) + padding)
                    .append(" |");
        }
        return line.toString();
    }

    private String rule() {
        StringBuilder rule = new StringBuilder("+");
        Arrays.stream(widths)
                .forEach(width -> rule.append("-".repeat(width + 2)).append('+'));
        return rule.toString();
    }

    private static String titled(String rule, String title) {
        if (title.isEmpty()) {
            return rule;
        }
        String text = " " + Printable.line(title) + " ";
        int end = 1 + width(text);
        return rule.charAt(0) + text + (end < rule.length() ? rule.substring(end) : "");
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
