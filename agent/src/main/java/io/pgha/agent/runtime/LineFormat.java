package io.pgha.agent.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of text in Patroni's notation (facts §2.9): {@code %(asctime)s %(levelname)s: %(message)s}.
 *
 * <p>Control characters never reach the terminal or the file: names and server messages come from outside. A line break goes on
 * with a tab in the next line, as in PostgreSQL's own log, so that nobody can forge a line.
 */
final class LineFormat extends LayoutBase<ILoggingEvent> {
    static final String DEFAULT = "%(asctime)s %(levelname)s: %(message)s";

    private static final Pattern FIELD = Pattern.compile("%\\((\\w+)\\)(-?\\d*)(?:\\.\\d+)?[sdfr]|%%");

    private final List<Part> parts;
    private final LogTime time;
    private final Level tracebackLevel;

    /** A text, or a field and its width. */
    private record Part(String text, boolean isField, int width) {}

    /**
     * @param format in Patroni's notation
     * @param time how a time is written
     * @param tracebackLevel the level from which stack traces are written
     */
    LineFormat(String format, LogTime time, Level tracebackLevel) {
        this.parts = parse(format);
        this.time = time;
        this.tracebackLevel = tracebackLevel;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(120);
        for (Part part : parts) {
            if (part.isField()) {
                pad(line, harmless(field(part.text(), event, time)), part.width());
            } else {
                line.append(part.text());
            }
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append(harmless(thrown(thrown, event.getLevel())));
        }
        return line.append('\n').toString();
    }

    /** The value of one of Python's record fields; empty text for those that make no sense here. */
    static String field(String name, ILoggingEvent event, LogTime time) {
        return switch (name) {
            case "asctime" -> time.text(event.getTimeStamp());
            case "levelname" -> levelName(event.getLevel());
            case "levelno" -> Integer.toString(event.getLevel().toInt() / 1000);
            case "message" -> event.getFormattedMessage();
            case "name" -> event.getLoggerName();
            case "module" ->
                event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1);
            case "threadName" -> event.getThreadName();
            case "process" -> Long.toString(ProcessHandle.current().pid());
            case "processName" -> "pgha";
            case "created" -> Double.toString(event.getTimeStamp() / 1000.0);
            case "msecs" -> Long.toString(event.getTimeStamp() % 1000);
            default -> "";
        };
    }

    private static String levelName(Level level) {
        return level == Level.WARN ? "WARNING" : level.toString();
    }

    private String thrown(IThrowableProxy thrown, Level level) {
        return level.isGreaterOrEqual(tracebackLevel)
                ? "\n" + ThrowableProxyUtil.asString(thrown)
                : ": " + thrown.getClassName() + ": " + thrown.getMessage();
    }

    private static String harmless(String text) {
        int first = 0;
        while (first < text.length() && !isControl(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                result.append("\n\t");
            } else if (isControl(c)) {
                result.append(String.format("\\u%04x", (int) c));
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }

    private static boolean isControl(char c) {
        boolean bidirectional = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
        return c != '\t' && (Character.isISOControl(c) || bidirectional || c == '\u2028' || c == '\u2029');
    }

    private static void pad(StringBuilder line, String value, int width) {
        String blanks = " ".repeat(Math.max(0, Math.abs(width) - value.length()));
        line.append(width > 0 ? blanks + value : value + blanks);
    }

    private static List<Part> parse(String format) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = FIELD.matcher(format);
        int at = 0;
        while (matcher.find()) {
            parts.add(new Part(format.substring(at, matcher.start()), false, 0));
            String field = matcher.group(1);
            String width = matcher.group(2);
            if (field == null) {
                parts.add(new Part("%", false, 0));
            } else {
                boolean hasWidth = width != null && !width.isEmpty() && !width.equals("-") && width.length() < 4;
                parts.add(new Part(field, true, hasWidth ? Integer.parseInt(width) : 0));
            }
            at = matcher.end();
        }
        parts.add(new Part(format.substring(at), false, 0));
        return parts;
    }
}
