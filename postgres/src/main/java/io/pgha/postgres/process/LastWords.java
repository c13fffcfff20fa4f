package io.pgha.postgres.process;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The end of a program's output in one line, fit for a message. */
public final class LastWords {
    private static final int LINES = 4;
    private static final int LENGTH = 600;

    /** As {@code log_destination} stderr, csvlog and jsonlog have it. */
    private static final Pattern FATAL = Pattern.compile("(FATAL|PANIC)(:  |,|\")");
    /** Clients that came too early. */
    private static final Pattern NOT_THE_REASON = Pattern.compile("the database system is ");
    /** The lines before say what is wrong in the file. */
    private static final Pattern SEE_ABOVE = Pattern.compile("contains errors");

    /** Of pg_hba.conf and pg_ident.conf the server says each wrong line before it gives up. */
    private static final Pattern PLACE = Pattern.compile("line \\d+ of configuration file");

    private static final int MOST_PLACES = 3;

    private static final Pattern ADDITION = Pattern.compile("\\b(DETAIL|HINT|CONTEXT):  ");
    /** {@code log_line_prefix}: when and who, which differs with every start. */
    private static final Pattern PREFIX = Pattern.compile("^.*?\\b(LOG|FATAL|PANIC|DETAIL|HINT|CONTEXT)(?=:  )");

    private static final Pattern PASSWORD =
            Pattern.compile("(?i)(password\\s*=\\s*)('(?:[^'\\\\]|\\\\.|'')*'?|[^\\s'\"]+)");
    private static final Pattern URL_PASSWORD = Pattern.compile("(://[^/:@\\s]*:)[^@\\s]*@");

    private LastWords() {}

    /** The last lines, joined, without control characters and passwords, and not longer than a screen. */
    public static String of(String text) {
        List<String> lines = lines(text);
        return joined(lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    /** The last line of a server with which it gave up, and what belongs to it. */
    static Optional<String> fatal(String text) {
        List<String> lines = lines(text);
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            if (FATAL.matcher(line).find() && !NOT_THE_REASON.matcher(line).find()) {
                int end = i + 1;
                while (end < lines.size() && ADDITION.matcher(lines.get(end)).find()) {
                    end++;
                }
                int begin = SEE_ABOVE.matcher(line).find() ? Math.max(0, i - 2) : places(lines, i);
                return Optional.of(joined(lines.subList(begin, end).stream()
                        .map(quoted -> PREFIX.matcher(quoted).replaceFirst("$1"))
                        .toList()));
            }
        }
        return Optional.empty();
    }

    /** Where the lines that name wrong lines of a file begin, seen from the line behind them. */
    private static int places(List<String> lines, int behind) {
        int begin = behind;
        for (int n = 0; n < MOST_PLACES && begin > 0; n++) {
            String line = lines.get(begin - 1);
            if (!PLACE.matcher(line).find()) {
                break;
            }
            // In a csvlog place and cause stand in one line.
            begin = Math.max(0, begin - (ADDITION.matcher(line).find() ? 2 : 1));
        }
        return begin;
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String joined(List<String> lines) {
        String joined = withoutPasswords(String.join(" | ", lines));
        return joined.length() <= LENGTH ? joined : "…" + joined.substring(joined.length() - LENGTH);
    }

    private static String withoutPasswords(String text) {
        return URL_PASSWORD.matcher(PASSWORD.matcher(text).replaceAll("$1***")).replaceAll("$1***@");
    }
}
