package io.pgha.dcs.wire;

import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The value of {@code history} (facts §1.10). */
public final class HistoryCodec {
    private static final int LEAST_COLUMNS = 3;

    private HistoryCodec() {}

    /** An array of arrays of three to five columns, oldest first. */
    public static byte[] encode(List<HistoryEntry> history) {
        List<List<@Nullable Object>> lines = new ArrayList<>();
        for (HistoryEntry entry : history) {
            List<@Nullable Object> line = new ArrayList<>();
            line.add(entry.timeline().number());
            line.add(entry.switchPoint().bytes());
            line.add(entry.reason());
            if (entry.promotedAt().isPresent() || entry.newLeader().isPresent()) {
                line.add(entry.promotedAt().orElse(null));
            }
            entry.newLeader().ifPresent(line::add);
            lines.add(line);
        }
        return PythonJson.bytes(lines);
    }

    /** Reads the history; empty when any line of it is garbage, so that the leader writes it anew. */
    public static Optional<List<HistoryEntry>> decode(byte[] value) {
        if (!(DcsJson.parse(value).map(DcsJson.Parsed::value).orElse(null) instanceof List<?> lines)) {
            return Optional.empty();
        }
        List<HistoryEntry> result = new ArrayList<>(lines.size());
        for (Object line : lines) {
            Optional<HistoryEntry> entry = entry(line);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            result.add(entry.get());
        }
        return Optional.of(result);
    }

    private static Optional<HistoryEntry> entry(@Nullable Object line) {
        if (!(line instanceof List<?> columns) || columns.size() < LEAST_COLUMNS) {
            return Optional.empty();
        }
        OptionalLong timeline = Numbers.integer(columns.get(0));
        Optional<Lsn> switchPoint = Numbers.lsn(columns.get(1));
        if (timeline.isEmpty()
                || timeline.getAsLong() < 1
                || timeline.getAsLong() > Integer.MAX_VALUE
                || switchPoint.isEmpty()
                || !(columns.get(2) instanceof String reason)) {
            return Optional.empty();
        }
        return Optional.of(new HistoryEntry(
                new Timeline((int) timeline.getAsLong()),
                switchPoint.get(),
                reason,
                column(columns, LEAST_COLUMNS),
                column(columns, LEAST_COLUMNS + 1)));
    }

    private static Optional<String> column(List<?> columns, int index) {
        return columns.size() > index && columns.get(index) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
