package io.pgha.ctl.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns and rows, in no format yet.
 *
 * @param columns in order
 * @param rows cells by column name: a String, a number or a map; empty text for "nothing"
 */
public record Table(List<Column> columns, List<Map<String, Object>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream()
                .map(row -> Collections.unmodifiableMap(new LinkedHashMap<>(row)))
                .toList();
    }

    Object cell(Map<String, Object> row, Column column) {
        return row.getOrDefault(column.name(), "");
    }

    boolean hasValues(String column) {
        return rows.stream().anyMatch(row -> !isEmpty(row.getOrDefault(column, "")));
    }

    static boolean isEmpty(Object cell) {
        return cell.equals("") || (cell instanceof Map<?, ?> map && map.isEmpty());
    }
}
