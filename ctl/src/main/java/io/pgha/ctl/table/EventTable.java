package io.pgha.ctl.table;

import io.pgha.core.event.Candidacy;
import io.pgha.core.event.Event;
import io.pgha.core.event.EventFields;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of {@code hactl events}. JSON and YAML are the events as members keep them. */
public final class EventTable {
    private static final int WIDTH = 60;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final List<Column> COLUMNS = List.of(
            Column.left("Time"),
            Column.left("Member"),
            Column.left("Action"),
            Column.left("Rule"),
            Column.left("Reason"),
            Column.left("Outcome"),
            Column.right("Took"),
            Column.left("Actor"));

    private EventTable() {}

    /** The whole output, with the line break at its end. */
    public static String render(List<Event> events, Format format) {
        int width = format.isForPeople() ? WIDTH : Integer.MAX_VALUE;
        String text = switch (format) {
            case JSON -> JsonText.of(events.stream().map(EventFields::of).toList());
            case YAML -> YamlText.block(events.stream().map(EventFields::of).toList());
            default ->
                format.render(
                        new Table(
                                COLUMNS,
                                events.stream().map(event -> row(event, width)).toList()),
                        "",
                        Format.EmptyCells.KEPT);
        };
        return text + "\n";
    }

    private static Map<String, Object> row(Event event, int width) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("Time", TIME.format(event.at().atZone(ZoneId.systemDefault())));
        row.put("Member", Printable.line(event.member()));
        row.put("Action", Printable.line(event.action() + (event.times() > 1 ? " ×" + event.times() : "")));
        row.put("Rule", Printable.line(event.rule()));
        row.put("Reason", wrapped(event.reason(), width) + candidates(event.candidates(), width));
        row.put("Outcome", wrapped(event.outcome().orElse(""), width));
        row.put("Took", event.phases().isEmpty() ? "" : seconds(event.took()));
        row.put("Actor", Printable.line(event.actor().text()));
        return row;
    }

    private static String candidates(List<Candidacy> candidates, int width) {
        return candidates.stream()
                .map(one -> "\n" + wrapped(one.member() + (one.fit() ? ": fit, " : ": unfit, ") + one.reason(), width))
                .collect(Collectors.joining());
    }

    /** In lines of ours: a line break in the text itself must not look like one. */
    private static String wrapped(String text, int width) {
        StringBuilder lines = new StringBuilder();
        int length = 0;
        for (String word : Printable.line(text).split(" ", -1)) {
            boolean fits = length == 0 || length + 1 + word.length() <= width;
            lines.append(length == 0 ? "" : fits ? " " : "\n").append(word);
            length = fits && length > 0 ? length + 1 + word.length() : word.length();
        }
        return lines.toString();
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
