package io.pgha.postgres.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to run. Arguments and environment must not contain secrets: other users of the machine can read both.
 *
 * @param arguments the program and its arguments
 * @param environment variables on top of the cleaned own environment
 * @param directory where it runs; empty: where this process does
 */
public record Command(List<String> arguments, Map<String, String> environment, Optional<Path> directory) {
    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    public static Command of(List<String> arguments) {
        return new Command(arguments, Map.of(), Optional.empty());
    }

    public static Command of(String... arguments) {
        return of(List.of(arguments));
    }

    /** The same with one more variable. */
    public Command with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Command(arguments, more, directory);
    }

    /** The same with messages in English, for output that is parsed. */
    public Command inEnglish() {
        return with("LANG", "C").with("LC_ALL", "C");
    }

    /** The same in that directory. */
    public Command in(Path where) {
        return new Command(arguments, environment, Optional.of(where));
    }

    /** The program's name without its directory, for messages. */
    public String program() {
        return String.valueOf(Path.of(arguments.get(0)).getFileName());
    }
}
