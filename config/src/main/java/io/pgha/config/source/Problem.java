package io.pgha.config.source;

import java.util.Comparator;
import java.util.List;

/**
 * One thing that is wrong with a configuration: where, what was found, what was expected, and what to do about it.
 * Never contains the value of a secret.
 *
 * @param severity whether the configuration can be used nevertheless
 * @param place file and line, or the environment variable
 * @param path the key; the root where the whole document is meant
 * @param found what stands there, as the start of a sentence
 * @param expected what should stand there; empty where there is no more to say than the remedy
 * @param remedy what the operator should do; empty where the expectation says it
 */
public record Problem(Severity severity, Place place, KeyPath path, String found, String expected, String remedy) {

    /** The remedy where a value is of no use at all. */
    public static final String LEFT_OUT = "it is left out";

    /** A problem that makes the configuration unusable. */
    public static Problem error(Place place, KeyPath path, String found, String expected, String remedy) {
        return new Problem(Severity.ERROR, place, path, found, expected, remedy);
    }

    /** A problem the configuration works with. */
    public static Problem warning(Place place, KeyPath path, String found, String expected, String remedy) {
        return new Problem(Severity.WARNING, place, path, found, expected, remedy);
    }

    /** Whether something else counts than what stands there: another value, or none. */
    public boolean isDisregarded() {
        boolean another = remedy.endsWith("is used") || remedy.equals(LEFT_OUT);
        return severity == Severity.ERROR || (!expected.isEmpty() && another);
    }

    /** Whether at least one of the problems is an error. */
    public static boolean anyError(List<Problem> problems) {
        return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** The problems in the order of their places, each once; what concerns a file as a whole comes first. */
    public static List<Problem> inOrder(List<Problem> problems) {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparing(
                                (Problem problem) -> problem.place().source())
                        .thenComparing(problem -> problem.place().line()))
                .toList();
    }

    /** What was found, what was expected and the remedy as one line of text without control characters. */
    public String message() {
        StringBuilder text = new StringBuilder(found);
        if (!expected.isEmpty()) {
            text.append("; expected ").append(expected);
        }
        if (!remedy.isEmpty()) {
            text.append("; ").append(remedy);
        }
        return printable(text.toString());
    }

    /** {@code file:line: severity: key.path: message}. */
    @Override
    public String toString() {
        String key = path.elements().isEmpty() ? "" : printable(path.toString()) + ": ";
        return printable(place.toString()) + ": " + severity.label() + ": " + key + message();
    }

    /** {@code file:line: key.path: message}: for a log whose lines have a level of their own. */
    public String withoutSeverity() {
        String key = path.elements().isEmpty() ? "" : printable(path.toString()) + ": ";
        return printable(place.toString()) + ": " + key + message();
    }

    // A value from a file must not steer the operator's terminal.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
