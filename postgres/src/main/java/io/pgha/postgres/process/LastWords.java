package io.pgha.postgres.process;

import java.util.List;

/** The end of a program's output in one line, fit for a message. */
public final class LastWords {
    private static final int LINES = 4;
    private static final int LENGTH = 600;

    private LastWords() {}

    /** The last lines, joined, without control characters and not longer than a screen. */
    public static String of(String text) {
        List<String> lines = text.lines()
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        String joined = String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        return joined.length() <= LENGTH ? joined : "…" + joined.substring(joined.length() - LENGTH);
    }
}
