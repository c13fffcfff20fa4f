package io.pgha.postgres.conf;

import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A timeline history file, {@code 00000003.history}: which timelines led here, and where each ended. */
public final class HistoryFile {
    private static final Pattern LINE =
            Pattern.compile("\\s*(\\d{1,10})\\s+([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8})(?:\\s+(.*?))?\\s*");

    private HistoryFile() {}

    /** Its name; timeline 1 has none. */
    public static String name(Timeline timeline) {
        return String.format(Locale.ROOT, "%08X.history", timeline.number());
    }

    /**
     * Reads the text, oldest timeline first; comments and lines that are none are skipped, as PostgreSQL's own lines are
     * the only ones that count.
     *
     * @return entries without promotion time and leader
     */
    public static List<HistoryEntry> parse(String text) {
        List<HistoryEntry> entries = new ArrayList<>();
        text.lines().forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                timeline(matcher.group(1))
                        .flatMap(timeline -> Lsn.parse(matcher.group(2))
                                .map(lsn -> new HistoryEntry(
                                        timeline,
                                        lsn,
                                        matcher.group(3) == null ? "" : matcher.group(3),
                                        Optional.empty(),
                                        Optional.empty())))
                        .ifPresent(entries::add);
            }
        });
        return List.copyOf(entries);
    }

    private static Optional<Timeline> timeline(String digits) {
        long number = Long.parseLong(digits);
        return number < 1 || number > Integer.MAX_VALUE ? Optional.empty() : Optional.of(new Timeline((int) number));
    }
}
