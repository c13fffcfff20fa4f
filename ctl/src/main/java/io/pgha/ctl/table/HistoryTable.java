package io.pgha.ctl.table;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HistoryEntry;
import io.pgha.ctl.table.Format.EmptyCells;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of a cluster's timelines: {@code hactl history} (facts §4.2). */
public final class HistoryTable {
    private static final List<Column> COLUMNS = List.of(
            Column.right("TL"),
            Column.right("LSN"),
            Column.left("Reason"),
            Column.left("Timestamp"),
            Column.left("New Leader"));

    private HistoryTable() {}

    /** The whole output, with the line break at its end. */
    public static String render(ClusterView view, Format format) {
        List<Map<String, Object>> rows =
                view.history().orElse(List.of()).stream().map(HistoryTable::row).toList();
        return format.render(new Table(COLUMNS, rows), "", EmptyCells.KEPT) + "\n";
    }

    private static Map<String, Object> row(HistoryEntry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("TL", entry.timeline().number());
        row.put("LSN", entry.switchPoint().bytes());
        row.put("Reason", entry.reason());
        row.put("Timestamp", entry.promotedAt().orElse(""));
        row.put("New Leader", entry.newLeader().orElse(""));
        return row;
    }
}
