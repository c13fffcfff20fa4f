package io.pgha.ctl;

import io.pgha.ctl.table.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Questions to the operator, one line each. Whoever does not answer (end of input) has broken off. */
final class Dialog {
    private final BufferedReader in;
    private final PrintWriter out;
    private final PrintWriter err;

    Dialog(BufferedReader in, PrintWriter out, PrintWriter err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Prints a line; text from outside is made harmless. */
    void say(String line) {
        out.println(Printable.line(line));
    }

    /** Prints a line for people where programs do not look. */
    void warn(String line) {
        err.println(Printable.line(line));
    }

    /** Prints a table as it is. */
    void show(String table) {
        out.print(table);
        out.flush();
    }

    /**
     * Asks for a text.
     *
     * @param otherwise what counts when only Enter is pressed, shown in brackets
     * @throws CtlException when the input ends
     */
    String ask(String question, String otherwise) {
        String line = line(question + " [" + otherwise + "]: ");
        return line.isEmpty() ? otherwise : line;
    }

    /**
     * Asks for a yes.
     *
     * @throws CtlException when the answer is anything else
     */
    void confirm(String question) {
        switch (line(question + " [y/N]: ").toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> {}
            default -> throw new CtlException("Aborted");
        }
    }

    /** Asks for a text that must be typed. */
    String line(String question) {
        out.print(Printable.line(question));
        out.flush();
        try {
            return Optional.ofNullable(in.readLine())
                    .orElseThrow(() -> new CtlException("Aborted"))
                    .strip();
        } catch (IOException e) {
            throw new CtlException("Aborted: the answer cannot be read: " + e.getMessage(), e);
        }
    }

    /** All of the input. */
    String rest() {
        return in.lines().collect(Collectors.joining("\n"));
    }
}
