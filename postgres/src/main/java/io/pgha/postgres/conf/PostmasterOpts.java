package io.pgha.postgres.conf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Content of {@code postmaster.opts}: how the server was started the last time.
 *
 * @param program path of the executable; empty text when the file was empty
 * @param arguments in order
 */
public record PostmasterOpts(String program, List<String> arguments) {
    public PostmasterOpts {
        arguments = List.copyOf(arguments);
    }

    /** Reads the file's text. PostgreSQL puts each argument in quotes and escapes nothing. */
    public static PostmasterOpts parse(String text) {
        String line = text.strip();
        int first = line.indexOf(" \"");
        if (first < 0) {
            return new PostmasterOpts(line, List.of());
        }
        String quoted = line.substring(first + 2);
        String arguments = quoted.endsWith("\"") ? quoted.substring(0, quoted.length() - 1) : quoted;
        return new PostmasterOpts(line.substring(0, first), List.of(arguments.split("\" \"", -1)));
    }

    /** Parameters given as {@code --name=value}, or as {@code -c name=value}; by name with underscores. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String assignment : assignments()) {
            int equals = assignment.indexOf('=');
            if (equals > 0) {
                parameters.put(assignment.substring(0, equals).replace('-', '_'), assignment.substring(equals + 1));
            }
        }
        return parameters;
    }

    private List<String> assignments() {
        List<String> assignments = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith("--")) {
                assignments.add(argument.substring(2));
            } else if (argument.equals("-c") && i + 1 < arguments.size()) {
                assignments.add(arguments.get(++i));
            } else if (argument.startsWith("-c")) {
                assignments.add(argument.substring(2));
            }
        }
        return assignments;
    }
}
