package io.pgha.ctl.table;

/**
 * Makes text from outside harmless for a terminal: a member may be called anything, and an escape sequence in a name
 * must not move the cursor or change a colour (reliability.md, class H).
 */
public final class Printable {
    private Printable() {}

    /** The text with control characters, and those that turn the writing direction, written as {@code \}{@code u001b}. */
    public static String line(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(clean, point));
        return clean.toString();
    }

    /** As {@link #line}, but line breaks stay. */
    static String lines(String text) {
        return String.join("\n", text.lines().map(Printable::line).toArray(String[]::new));
    }

    private static void append(StringBuilder clean, int point) {
        int type = Character.getType(point);
        boolean harmful = type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
        if (harmful) {
            clean.append(String.format("\\u%04x", point));
        } else {
            clean.appendCodePoint(point);
        }
    }
}
