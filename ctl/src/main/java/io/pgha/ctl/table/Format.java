package io.pgha.ctl.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The formats of {@code -f}. */
public enum Format {
    PRETTY,
    /** As {@link #PRETTY}, with tags on one line. */
    TOPOLOGY,
    TSV,
    JSON,
    YAML;

    /** What becomes of empty cells in JSON and YAML. */
    public enum EmptyCells {
        LEFT_OUT,
        KEPT
    }

    /** Reads the word after {@code -f}. */
    public static Optional<Format> parse(String word) {
        return switch (word) {
            case "pretty" -> Optional.of(PRETTY);
            case "topology" -> Optional.of(TOPOLOGY);
            case "tsv" -> Optional.of(TSV);
            case "json" -> Optional.of(JSON);
            case "yaml", "yml" -> Optional.of(YAML);
            default -> Optional.empty();
        };
    }

    /** Whether a person reads it: such a table has a title and a footer, and hides what is too long. */
    public boolean isForPeople() {
        return this == PRETTY || this == TOPOLOGY;
    }

    /**
     * Writes a table, without a line break at the end.
     *
     * @param title for people only
     */
    public String render(Table table, String title, EmptyCells empty) {
        return switch (this) {
            case PRETTY ->
                TextTable.draw(table, title, cell -> cell instanceof Map ? YamlText.block(cell) : text(cell));
            case TOPOLOGY -> TextTable.draw(table, title, Format::flat);
            case TSV -> tsv(table);
            case JSON -> JsonText.of(objects(table, empty));
            case YAML -> YamlText.block(objects(table, empty));
        };
    }

    private static String tsv(Table table) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join("\t", table.columns().stream().map(Column::name).toList()));
        table.rows()
                .forEach(row -> lines.add(String.join(
                        "\t",
                        table.columns().stream()
                                .map(column -> Printable.line(
                                        flat(table.cell(row, column)).replace("\n", ", ")))
                                .toList())));
        return String.join("\n", lines);
    }

    private static List<Map<String, Object>> objects(Table table, EmptyCells empty) {
        return table.rows().stream()
                .map(row -> {
                    Map<String, Object> object = new LinkedHashMap<>();
                    table.columns().forEach(column -> {
                        Object cell = table.cell(row, column);
                        if (empty == EmptyCells.KEPT || !Table.isEmpty(cell)) {
                            object.put(column.name(), cell);
                        }
                    });
                    return object;
                })
                .toList();
    }

    private static String flat(Object cell) {
        return cell instanceof Map<?, ?> map && !map.isEmpty() ? YamlText.flow(cell) : text(cell);
    }

    private static String text(Object cell) {
        return cell instanceof Map ? "" : String.valueOf(cell);
    }
}
